package io.zhiwen.evaluate.scale;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.store.Vectors;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Writes a corpus into the store's tables as fast as the database takes it, some documents in each
/// transaction, as many imports would.
final class BulkLoad {

    static final KnowledgeBaseId CHINESE = new KnowledgeBaseId(new UUID(2, 1));
    static final KnowledgeBaseId ENGLISH = new KnowledgeBaseId(new UUID(2, 3));

    /// Holds one document of a thousand, in either language.
    static final KnowledgeBaseId THOUSANDTH = new KnowledgeBaseId(new UUID(2, 2));

    static final int CHUNKS_OF_A_DOCUMENT = 10;
    private static final int DOCUMENTS_AT_ONCE = 200;

    private final Connection connection;
    private final CopyManager copy;
    private final Map<Language, Integer> spaces = new EnumMap<>(Language.class);

    BulkLoad(Connection connection) throws SQLException {
        this.connection = connection;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
    }

    static KnowledgeBaseId of(Language language) {
        return language == Language.ZH ? CHINESE : ENGLISH;
    }

    /// @param all sees every passage, `part` those of the small base
    void load(Corpus corpus, int chunks, long seed, Exact all, Exact part)
            throws SQLException, IOException {
        prepare(corpus);
        Random random = new Random(seed);
        connection.setAutoCommit(false);
        int documents = chunks / CHUNKS_OF_A_DOCUMENT;
        for (int from = 0; from < documents; from += DOCUMENTS_AT_ONCE) {
            Batch batch = new Batch();
            for (int i = from; i < Math.min(documents, from + DOCUMENTS_AT_ONCE); i++) {
                boolean small = i % 1000 == 500;
                Language language = i % 2 == 0 ? Language.ZH : Language.EN;
                KnowledgeBaseId base = small ? THOUSANDTH : of(language);
                batch.document(base, i);
                for (int ordinal = 0; ordinal < CHUNKS_OF_A_DOCUMENT; ordinal++) {
                    Corpus.Passage passage =
                            corpus.passage(random, small ? either(random) : language);
                    long id = (long) i * CHUNKS_OF_A_DOCUMENT + ordinal + 1;
                    batch.chunk(base, i, ordinal, id, passage, space(passage.language()));
                    (small ? part : all).see(id, passage);
                }
            }
            batch.write(copy);
            connection.commit();
        }
        connection.setAutoCommit(true);
        try (var statement = connection.createStatement()) {
            statement.execute("vacuum (analyze)");
        }
    }

    private static Language either(Random random) {
        return random.nextBoolean() ? Language.ZH : Language.EN;
    }

    private void prepare(Corpus corpus) {
        JdbcClient db =
                JdbcClient.create(
                        new org.springframework.jdbc.datasource.SingleConnectionDataSource(
                                connection, true));
        for (KnowledgeBaseId base : List.of(CHINESE, ENGLISH, THOUSANDTH)) {
            db.sql("insert into knowledge_base (id, name) values (:id, 'scale')")
                    .param("id", base.value())
                    .update();
        }
        for (Language language : Language.values()) {
            EmbeddingSpace space = corpus.encoder(language).space();
            spaces.put(
                    language,
                    db.sql(
                                    """
                                    insert into embedding_space (model, sha256, dimension)
                                    values (:model, :sha256, :dimension) returning id
                                    """)
                            .param("model", space.model())
                            .param("sha256", space.sha256())
                            .param("dimension", space.dimension())
                            .query(Integer.class)
                            .single());
        }
    }

    private int space(Language language) {
        Integer id = spaces.get(language);
        if (id == null) {
            throw new IllegalStateException("no space for " + language);
        }
        return id;
    }

    /// Rows in the text format of COPY.
    private static final class Batch {

        private final StringBuilder documents = new StringBuilder();
        private final StringBuilder versions = new StringBuilder();
        private final StringBuilder chunks = new StringBuilder();
        private final StringBuilder vectors = new StringBuilder();
        private final StringBuilder changes = new StringBuilder();

        void document(KnowledgeBaseId base, int number) {
            UUID id = new UUID(1, number);
            documents.append("%s\t%s\tdocument %d.txt\t1\t1\tscale\n".formatted(id, base, number));
            versions.append(
                    "%s\t1\tdocument.txt\tx\t1\tready\t%d\tscale\n"
                            .formatted(id, CHUNKS_OF_A_DOCUMENT));
            changes.append("%s\t1\n".formatted(id));
        }

        void chunk(
                KnowledgeBaseId base,
                int document,
                int ordinal,
                long id,
                Corpus.Passage passage,
                int space) {
            chunks.append(
                    "%d\t%s\t%s\t1\t%d\t%s\t{}\t%d\t%d\t0\t1000\t120\t%s\n"
                            .formatted(
                                    id,
                                    base,
                                    new UUID(1, document),
                                    ordinal,
                                    passage.text(),
                                    ordinal * 100,
                                    ordinal * 100 + 99,
                                    passage.language()));
            vectors.append(id).append('\t').append(space).append("\t\\\\x");
            vectors.append(HexFormat.of().formatHex(Vectors.toBytes(passage.vector())))
                    .append('\n');
        }

        void write(CopyManager copy) throws SQLException, IOException {
            write(
                    copy,
                    "document (id, knowledge_base_id, name, latest_version, live_version, created_by)",
                    documents);
            write(
                    copy,
                    "document_version (document_id, version, file_name, sha256, bytes, status, chunks, uploaded_by)",
                    versions);
            write(
                    copy,
                    "chunk (id, knowledge_base_id, document_id, version, ordinal, text, heading_path, span_start, span_end, section_start, section_end, tokens, language)",
                    chunks);
            write(copy, "chunk_vector (chunk_id, space_id, vector)", vectors);
            write(copy, "index_change (document_id, version)", changes);
        }

        private static void write(CopyManager copy, String table, StringBuilder rows)
                throws SQLException, IOException {
            copy.copyIn(
                    "copy " + table + " from stdin",
                    new java.io.ByteArrayInputStream(
                            rows.toString().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
