package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which bases are on their way to another space, and how far. Safe for concurrent use.
public final class SpaceChanges {

    /// For so long after a switch the former vectors stay, for indexes that are behind.
    private static final String GRACE = "1 minute";

    private final JdbcClient db;

    public SpaceChanges(JdbcClient db) {
        this.db = db;
    }

    /// All that there is something to do for; what was switched, once its grace is over.
    public List<SpaceChange> open() {
        return changes(
                "c.state <> 'switched' or c.switched_at < now() - interval '" + GRACE + "'", null);
    }

    /// Empty where nothing changes.
    public Optional<SpaceChange> of(KnowledgeBaseId base) {
        return changes("c.knowledge_base_id = :base", base).stream().findFirst();
    }

    private List<SpaceChange> changes(String condition, @Nullable KnowledgeBaseId base) {
        return db.sql(
                        """
                        select c.knowledge_base_id, c.target_id, c.state, c.done, c.total, c.waits_for, %s
                        from space_change c left join embedding_space s on s.id = c.target_id
                        where %s order by c.started_at, c.knowledge_base_id
                        """
                                .formatted(BaseSpaces.COLUMNS, condition))
                .param("base", base == null ? null : base.value())
                .query(
                        (row, _) ->
                                new SpaceChange(
                                        new KnowledgeBaseId(
                                                row.getObject("knowledge_base_id", UUID.class)),
                                        row.getObject("target_id", Integer.class),
                                        BaseSpaces.read(row),
                                        SpaceChange.State.valueOf(
                                                row.getString("state").toUpperCase(Locale.ROOT)),
                                        row.getInt("done"),
                                        row.getInt("total"),
                                        row.getString("waits_for")))
                .list();
    }

    /// Begins one, or turns one that is under way to another space. To be called in a transaction.
    ///
    /// @param space its number; null for the bundled ones
    /// @param by whose wish it is
    public void start(KnowledgeBaseId base, @Nullable Integer space, String by) {
        db.sql("select 1 from knowledge_base where id = :base for update")
                .param("base", base.value())
                .query(Integer.class)
                .optional();
        db.sql(
                        """
                        insert into space_change
                            (knowledge_base_id, target_id, former_id, state, done, total, started_by)
                        select b.id, cast(:space as smallint), b.space_id, 'building', 0, 0, :by
                        from knowledge_base b where b.id = :base
                        on conflict (knowledge_base_id) do update
                        set target_id = excluded.target_id, former_id = excluded.former_id,
                            state = 'building', waits_for = null, started_by = excluded.started_by,
                            started_at = now(), switched = null, switched_at = null
                        """)
                .param("base", base.value())
                .param("space", space)
                .param("by", by)
                .update();
    }

    /// @return false when there is nothing to abandon
    public boolean abandon(KnowledgeBaseId base) {
        return db.sql(
                                """
                                update space_change set state = 'abandoned', waits_for = null
                                where knowledge_base_id = :base and state = 'building'
                                """)
                        .param("base", base.value())
                        .update()
                == 1;
    }

    /// Says why it does not go on.
    public void waitsFor(KnowledgeBaseId base, String what) {
        db.sql("update space_change set waits_for = :what where knowledge_base_id = :base")
                .param("what", what)
                .param("base", base.value())
                .update();
    }

    /// The end of it.
    public void close(KnowledgeBaseId base) {
        db.sql(
                        """
                        delete from space_change where knowledge_base_id = :base and state <> 'building'
                        """)
                .param("base", base.value())
                .update();
    }
}
