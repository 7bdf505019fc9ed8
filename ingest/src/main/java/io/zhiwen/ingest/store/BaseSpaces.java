package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Probe;
import io.zhiwen.ingest.embed.ServedSpace;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// In which space each base is searched, where that is none of the bundled encoders'. Safe for
/// concurrent use.
public final class BaseSpaces {

    /// Of a row `s` of `embedding_space`, as `read` wants them.
    public static final String COLUMNS =
            """
            s.model as space_model, s.sha256 as space_sha256, s.dimension as space_dimension,
            s.probe as space_probe
            """;

    private final JdbcClient db;

    public BaseSpaces(JdbcClient db) {
        this.db = db;
    }

    /// Bases that are searched with the bundled encoders are not in it. Where a base was switched
    /// behind `reached`, the space it had before.
    ///
    /// @param reached up to which transaction of the change log vectors can be found
    public Map<KnowledgeBaseId, ServedSpace> of(Collection<KnowledgeBaseId> bases, long reached) {
        Map<KnowledgeBaseId, ServedSpace> spaces = new HashMap<>();
        db.sql(
                        """
                        select b.id, %s
                        from knowledge_base b
                        left join space_change c
                            on c.knowledge_base_id = b.id and c.state = 'switched'
                            and c.switched > :reached::text::xid8
                        join embedding_space s
                            on s.id = case when c.switched is null then b.space_id
                                           else c.former_id end
                        where b.id = any(:bases)
                        """
                                .formatted(COLUMNS))
                .param("bases", Reach.ids(bases))
                .param("reached", reached)
                .query(
                        row -> {
                            ServedSpace space = read(row);
                            if (space != null) {
                                spaces.put(
                                        new KnowledgeBaseId(row.getObject("id", UUID.class)),
                                        space);
                            }
                        });
        return spaces;
    }

    /// In which a base is searched as soon as all indexes have followed; empty for those of the
    /// bundled encoders.
    public Optional<ServedSpace> of(KnowledgeBaseId base) {
        return Optional.ofNullable(of(List.of(base), Long.MAX_VALUE).get(base));
    }

    /// Of `COLUMNS`; null for a bundled encoder's space, or none.
    public static @Nullable ServedSpace read(ResultSet row) throws SQLException {
        byte[] probe = row.getBytes("space_probe");
        if (probe == null) {
            return null;
        }
        int dimension = row.getInt("space_dimension");
        int length = dimension * Float.BYTES;
        List<float[]> vectors = new ArrayList<>();
        for (int at = 0; at < probe.length; at += length) {
            vectors.add(Vectors.toFloats(Arrays.copyOfRange(probe, at, at + length)));
        }
        return new ServedSpace(
                new EmbeddingSpace(
                        row.getString("space_model"), row.getString("space_sha256"), dimension),
                Probe.read(vectors));
    }

    /// Gives a space its number; it keeps the probe it had first.
    public int keep(ServedSpace served) {
        ByteArrayOutputStream probe = new ByteArrayOutputStream();
        served.probe().vectors().forEach(vector -> probe.writeBytes(Vectors.toBytes(vector)));
        EmbeddingSpace space = served.space();
        return db.sql(
                        """
                        insert into embedding_space (model, sha256, dimension, probe)
                        values (:model, :sha256, :dimension, :probe)
                        on conflict (model, sha256) do update set model = excluded.model
                        returning id
                        """)
                .param("model", space.model())
                .param("sha256", space.sha256())
                .param("dimension", space.dimension())
                .param("probe", probe.toByteArray())
                .query(Integer.class)
                .single();
    }
}
