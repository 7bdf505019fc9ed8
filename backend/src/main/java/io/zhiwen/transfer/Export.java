package io.zhiwen.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DamagedBlob;
import io.zhiwen.ingest.upload.LocalBlob;
import io.zhiwen.ingest.upload.Sha256;
import io.zhiwen.library.BlobHold;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.json.JsonMapper;

/// Writes an installation, or one base, as it is at one moment. The product may be at work
/// meanwhile; only the bytes of what is deleted go later.
public final class Export {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PART = 256L << 20;

    private final DataSource source;
    private final BlobStore blobs;
    private final String product;

    /// @param source of connections that wait as long as it takes
    /// @param product version of Zhiwen
    public Export(DataSource source, BlobStore blobs, String product) {
        this.source = source;
        this.blobs = blobs;
        this.product = product;
    }

    /// What was written.
    ///
    /// @param gaps originals that could not be read, each with the reason
    public record Written(
            Path file, long documents, long originals, long bytes, List<String> gaps) {}

    /// @param base name or id of the base to write; null for all there is
    /// @throws TransferRefused when there is no such base, or such a file already
    public Written to(Path target, @Nullable String base) throws IOException, SQLException {
        try (Connection connection = source.getConnection();
                ArchiveWriter archive = ArchiveWriter.to(target)) {
            BlobHold.take(connection);
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Manifest manifest = new Snapshot(connection, archive).write(base);
            archive.finish();
            return new Written(
                    target,
                    manifest.table("document").rows(),
                    manifest.blobs(),
                    Files.size(target),
                    manifest.gaps().stream()
                            .map(gap -> gap.sha256() + ": " + gap.reason())
                            .toList());
        }
    }

    /// One export on its way.
    private final class Snapshot {

        private final Connection connection;
        private final JdbcClient db;
        private final ArchiveWriter archive;
        private final List<Manifest.Gap> gaps = new ArrayList<>();
        private final MessageDigest names = Digests.sha256();
        private long originals;
        private long originalBytes;

        Snapshot(Connection connection, ArchiveWriter archive) {
            this.connection = connection;
            this.db = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            this.archive = archive;
        }

        Manifest write(@Nullable String wanted) throws IOException, SQLException {
            Manifest.Base base = wanted == null ? null : find(wanted);
            var header =
                    new Manifest.Header(
                            Manifest.FORMAT,
                            UUID.randomUUID(),
                            Tables.schema(db),
                            product,
                            Instant.now().toString(),
                            base);
            add("zhiwen.json", header);
            List<Manifest.Table> tables = new ArrayList<>();
            Set<String> moving = base == null ? Tables.MOVING : Tables.OF_BASE.keySet();
            for (String table : Tables.inOrder(db, moving)) {
                List<String> columns = Tables.columns(db, table);
                tables.add(copy(table, columns, rows(table, columns, base)));
            }
            if (base != null) {
                tables.add(copy("reader", List.of("name", "role"), readers(base)));
            }
            copyOriginals(base);
            var manifest =
                    new Manifest(
                            header,
                            tables,
                            originals,
                            originalBytes,
                            HexFormat.of().formatHex(names.digest()),
                            gaps);
            add("manifest.json", manifest);
            return manifest;
        }

        private void add(String entry, Object value) throws IOException {
            archive.add(entry, out -> out.write(JSON.writeValueAsString(value).getBytes(UTF_8)));
        }

        private Manifest.Base find(String wanted) {
            List<Manifest.Base> found =
                    db.sql(
                                    """
                                    select id, name from knowledge_base
                                    where deleted_at is null and (id::text = :wanted or name = :wanted)
                                    """)
                            .param("wanted", wanted)
                            .query(
                                    (row, _) ->
                                            new Manifest.Base(
                                                    row.getObject("id", UUID.class),
                                                    row.getString("name")))
                            .list();
            if (found.size() != 1) {
                throw new TransferRefused(
                        found.isEmpty()
                                ? "There is no base " + wanted + "."
                                : "Several bases are named " + wanted + "; give the id of one.");
            }
            return found.getFirst();
        }

        private static String rows(
                String table, List<String> columns, Manifest.@Nullable Base base) {
            String where = base == null ? "" : " where " + Tables.where(table, base.id());
            return "select " + String.join(", ", columns) + " from " + table + where;
        }

        private static String readers(Manifest.Base base) {
            return """
            select u.name, r.role from knowledge_base_reader r join app_user u on u.id = r.user_id
            where r.knowledge_base_id = '%s'"""
                    .formatted(base.id());
        }

        private Manifest.Table copy(String table, List<String> columns, String select)
                throws IOException, SQLException {
            CopyOut rows =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("copy (" + select + ") to stdout");
            List<Manifest.Part> parts = new ArrayList<>();
            byte[] row = rows.readFromCopy();
            while (row != null) {
                String entry = "tables/%s/%04d.copy".formatted(table, parts.size() + 1);
                var part = new PartOfTable(rows, row);
                var written = archive.add(entry, part::writeTo);
                parts.add(new Manifest.Part(entry, part.rows, written.bytes(), written.sha256()));
                row = part.next;
            }
            return new Manifest.Table(table, columns, parts);
        }

        private void copyOriginals(Manifest.@Nullable Base base) throws IOException, SQLException {
            String originals = rows("document_version", List.of("sha256"), base);
            String figures = rows("document_figure", List.of("sha256"), base);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(500);
                try (var found =
                        statement.executeQuery(
                                originals + " union " + figures + " order by sha256")) {
                    while (found.next()) {
                        copyOriginal(new Sha256(found.getString(1)));
                    }
                }
            }
        }

        private void copyOriginal(Sha256 hash) throws IOException {
            try (LocalBlob blob = blobs.local(hash);
                    InputStream bytes = Files.newInputStream(blob.path())) {
                var written = archive.add("blobs/" + hash, bytes);
                if (!written.sha256().equals(hash.hex())) {
                    throw new IOException("the original " + hash + " changed while it was read");
                }
                names.update((hash + "\n").getBytes(UTF_8));
                originals++;
                originalBytes += written.bytes();
            } catch (DamagedBlob e) {
                gaps.add(new Manifest.Gap(hash.hex(), String.valueOf(e.getMessage())));
            }
        }
    }

    /// Rows of a table until they are many enough for one entry.
    private static final class PartOfTable {

        private final CopyOut source;
        private byte @Nullable [] next;
        private long rows;

        PartOfTable(CopyOut source, byte[] first) {
            this.source = source;
            this.next = first;
        }

        void writeTo(OutputStream out) throws IOException {
            try {
                long bytes = 0;
                for (byte[] row = next; row != null && bytes < PART; row = next) {
                    out.write(row);
                    bytes += row.length;
                    rows++;
                    next = source.readFromCopy();
                }
            } catch (SQLException e) {
                throw new IOException("the database stopped giving rows", e);
            }
        }
    }
}
