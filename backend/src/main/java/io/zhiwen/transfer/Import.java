package io.zhiwen.transfer;

import io.zhiwen.account.Audit;
import io.zhiwen.ingest.upload.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Reads an export back: a whole installation into an empty one, or a base beside others. The file
/// is checked from end to end first; then all of it is there at once, or nothing of it. What the
/// indexes need follows by itself.
public final class Import {

    private final DataSource source;
    private final BlobStore blobs;

    /// @param source of connections that wait as long as it takes; the schema is this product's
    public Import(DataSource source, BlobStore blobs) {
        this.source = source;
        this.blobs = blobs;
    }

    /// What was read.
    ///
    /// @param already whether it had been here before, and nothing was done
    /// @param base null for a whole installation
    /// @param gaps originals that the export lacks, each with the reason
    /// @param strangers readers of the base who have no account here
    public record Read(
            boolean already,
            @Nullable String base,
            long documents,
            long originals,
            List<String> gaps,
            List<String> strangers) {}

    /// @param as a new name for a base, which makes it another one than the exported; null to keep
    /// its name and its ids
    /// @throws TransferRefused when the file is not whole, or does not fit here; nothing was
    /// changed
    public Read from(Path file, @Nullable String as) throws IOException, SQLException {
        try (Connection connection = source.getConnection()) {
            JdbcClient db = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            Archive archive = Archive.verified(file, Tables.schema(db));
            connection.setAutoCommit(false);
            try {
                Read read = read(connection, db, archive, as);
                connection.commit();
                return read;
            } catch (IOException | SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private Read read(Connection connection, JdbcClient db, Archive archive, @Nullable String as)
            throws IOException {
        Manifest manifest = archive.manifest();
        Manifest.Base base = manifest.header().base();
        if (base == null && as != null) {
            throw new TransferRefused("--as is for an export of one base; this one is a whole.");
        }
        // one import at a time; readers and writers go on
        db.sql("select pg_advisory_xact_lock(hashtextextended('zhiwen.import', 0))::text")
                .query(String.class)
                .single();
        String name = base == null ? null : as == null ? base.name() : as;
        if (as == null && isHere(db, manifest.header(), base)) {
            return result(manifest, true, name, List.of());
        }
        Rows rows = base == null ? new WholeRows(db, manifest) : new BaseRows(db, manifest, as);
        rows.requireFit();
        archive.visit(new Loading(connection, rows, manifest));
        rows.finish();
        Queue.fill(db, rows.base());
        record(db, manifest, rows.base());
        return result(manifest, false, name, rows.strangers());
    }

    private static Read result(
            Manifest manifest, boolean already, @Nullable String base, List<String> strangers) {
        return new Read(
                already,
                base,
                manifest.table("document").rows(),
                manifest.blobs(),
                manifest.gaps().stream().map(gap -> gap.sha256() + ": " + gap.reason()).toList(),
                strangers);
    }

    /// Whether this very export was imported and is still here.
    private static boolean isHere(
            JdbcClient db, Manifest.Header header, Manifest.@Nullable Base base) {
        Optional<String> object =
                db.sql(
                                """
                                select object from audit_event
                                where action = 'import' and detail ->> 'export' = :id
                                order by id desc limit 1
                                """)
                        .param("id", header.id().toString())
                        .query(String.class)
                        .optional();
        return object.isPresent()
                && (base == null
                        || db.sql(
                                        """
                                        select exists (select 1 from knowledge_base
                                            where id = :id and deleted_at is null)
                                        """)
                                .param("id", base.id())
                                .query(Boolean.class)
                                .single());
    }

    private static void record(JdbcClient db, Manifest manifest, @Nullable UUID base) {
        new Audit(db)
                .record(
                        "console",
                        "import",
                        base == null ? "installation" : "base:" + base,
                        Map.of(
                                "export",
                                manifest.header().id().toString(),
                                "made",
                                manifest.header().made(),
                                "documents",
                                manifest.table("document").rows()));
    }

    /// Rows into the transaction, originals into the store.
    private final class Loading implements Archive.Visitor {

        private final Connection connection;
        private final Map<String, String> copies = new HashMap<>();

        Loading(Connection connection, Rows rows, Manifest manifest) {
            this.connection = connection;
            for (Manifest.Table table : manifest.tables()) {
                String copy = rows.copyInto(table);
                table.parts().forEach(part -> copies.put(part.entry(), copy));
            }
        }

        @Override
        public void table(String entry, InputStream rows) throws IOException {
            try {
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copies.get(entry), rows);
            } catch (SQLException e) {
                throw new IOException(entry + " does not fit: " + e.getMessage(), e);
            }
        }

        @Override
        public void blob(String sha256, InputStream bytes) throws IOException {
            var stored = blobs.put(bytes, Long.MAX_VALUE);
            if (!stored.sha256().hex().equals(sha256)) {
                throw new IOException("blobs/" + sha256 + " changed while it was read");
            }
        }
    }
}
