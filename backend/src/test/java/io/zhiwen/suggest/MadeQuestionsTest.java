package io.zhiwen.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.TestPostgres;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Bases of three documents of two passages each, of 100 tokens.
class MadeQuestionsTest {

    private static final Limits ROOM = new Limits(100_000, 100_000);

    private static JdbcClient db;
    private static MadeQuestions made;
    private static NothingLeft nothingLeft;

    private final KnowledgeBaseId base = KnowledgeBaseId.random();
    private List<DocumentId> documents = List.of();

    @BeforeAll
    static void connect() {
        var database = TestPostgres.fresh();
        db = JdbcClient.create(database);
        made =
                new MadeQuestions(
                        db,
                        new TransactionTemplate(new JdbcTransactionManager(database)),
                        new ChunkStore(db, ReaderDatabase.open(database)));
        nothingLeft = new NothingLeft(db);
    }

    @BeforeEach
    void aBase() {
        db.sql("insert into knowledge_base (id, name) values (:id, :name)")
                .param("id", base.value())
                .param("name", base.toString())
                .update();
        db.sql(
                        """
                        insert into document
                            (id, knowledge_base_id, name, latest_version, live_version, created_by)
                        select gen_random_uuid(), :base, 'note.txt', 1, 1, 'x' from generate_series(1, 3)
                        """)
                .param("base", base.value())
                .update();
        documents =
                db.sql("select id from document where knowledge_base_id = :base order by id")
                        .param("base", base.value())
                        .query((row, _) -> new DocumentId(row.getObject("id", UUID.class)))
                        .list();
        db.sql(
                        """
                        insert into document_version
                            (document_id, version, file_name, sha256, bytes, status, uploaded_by)
                        select id, 1, 'note.txt', 'x', 1, 'ready', 'x' from document
                        where knowledge_base_id = :base
                        """)
                .param("base", base.value())
                .update();
        db.sql(
                        """
                        insert into chunk (id, knowledge_base_id, document_id, version, ordinal, text,
                            heading_path, span_start, span_end, section_start, section_end, tokens, language)
                        select nextval('chunk_id'), d.knowledge_base_id, d.id, 1, n,
                            'passage ' || n || ' of ' || d.id, '{}', 0, 9, 0, 9, 100, 'EN'
                        from document d, generate_series(0, 1) n where d.knowledge_base_id = :base
                        """)
                .param("base", base.value())
                .update();
    }

    @Test
    void passagesAreTakenDocumentByDocumentWhereALimitHasRoom() {
        assertThat(next(ROOM, MadeQuestions.FIRST))
                .extracting(StoredChunk::document)
                .containsExactly(documents.get(0), documents.get(0));

        read(documents.get(0), 0, 5_000);
        assertThat(next(ROOM, MadeQuestions.FIRST))
                .extracting(one -> one.chunk().ordinal())
                .containsExactly(1);
        assertThat(next(new Limits(100_000, 5_000), MadeQuestions.FIRST))
                .extracting(StoredChunk::document)
                .containsOnly(documents.get(1));
        assertThat(next(ROOM, documents.get(2)))
                .extracting(StoredChunk::document)
                .containsOnly(documents.get(2));

        documents.forEach(one -> readAll(one));
        assertThat(next(ROOM, MadeQuestions.FIRST)).isEmpty();
        assertThat(made.count(base)).isEqualTo(new MadeQuestions.Count(6, 6));
    }

    @Test
    void whereNothingIsLeftNobodyLooksUntilADocumentOrALimitHasChanged() {
        var all = new MadeQuestions.Count(6, 6);
        nothingLeft.found(base, nothingLeft.position(), ROOM, all);
        assertThat(nothingLeft.in(base, ROOM)).contains(all);
        assertThat(nothingLeft.in(base, new Limits(100_000, 5_000))).isEmpty();

        change(DocumentId.random());
        assertThat(nothingLeft.in(base, ROOM)).as("a document of another base").contains(all);
        change(documents.get(1));
        assertThat(nothingLeft.in(base, ROOM)).isEmpty();

        nothingLeft.found(base, nothingLeft.position(), ROOM, all);
        assertThat(nothingLeft.in(base, ROOM)).contains(all);
        nothingLeft.forget(base);
        assertThat(nothingLeft.in(base, ROOM)).isEmpty();
    }

    @Test
    void whatIsTakenAwayIsLookedForAgain() {
        documents.forEach(one -> readAll(one));
        nothingLeft.found(base, nothingLeft.position(), ROOM, made.count(base));
        made.forget(base);
        assertThat(nothingLeft.in(base, ROOM)).isEmpty();
        assertThat(next(ROOM, MadeQuestions.FIRST)).isNotEmpty();
    }

    private List<StoredChunk> next(Limits limits, DocumentId from) {
        return made.next(base, limits, from);
    }

    private void readAll(DocumentId document) {
        read(document, 0, 300);
        read(document, 1, 300);
    }

    /// The model gave nothing, which costs too.
    private static void read(DocumentId document, int ordinal, int tokens) {
        db.sql(
                        """
                        insert into passage_questions (knowledge_base_id, text_hash, text, tokens, model)
                        select knowledge_base_id, sha256(convert_to(text, 'UTF8')), '', :tokens, 'm'
                        from chunk where document_id = :document and ordinal = :ordinal
                        on conflict do nothing
                        """)
                .param("document", document.value())
                .param("ordinal", ordinal)
                .param("tokens", tokens)
                .update();
    }

    private static void change(DocumentId document) {
        db.sql("insert into index_change (document_id, version) values (:document, 1)")
                .param("document", document.value())
                .update();
    }
}
