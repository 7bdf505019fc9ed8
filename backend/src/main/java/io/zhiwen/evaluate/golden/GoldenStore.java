package io.zhiwen.evaluate.golden;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Golden questions in the database; rights are the caller's.
@Component
final class GoldenStore {

    private final JdbcClient db;

    GoldenStore(JdbcClient db) {
        this.db = db;
    }

    /// In the order they were written.
    List<GoldenQuestion> of(KnowledgeBaseId base) {
        Map<UUID, List<GoldenQuestion.Expected>> expected = expected(base);
        return db.sql(
                        """
                        select * from golden_question where knowledge_base_id = :base
                        order by created_at, id
                        """)
                .param("base", base.value())
                .query((row, _) -> question(row, expected))
                .list();
    }

    Optional<KnowledgeBaseId> baseOf(UUID id) {
        return db.sql("select knowledge_base_id from golden_question where id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .map(KnowledgeBaseId::new);
    }

    Map<UUID, Integer> counts() {
        Map<UUID, Integer> counts = new HashMap<>();
        db.sql("select knowledge_base_id, count(*) from golden_question group by 1")
                .query(
                        row -> {
                            counts.put(row.getObject(1, UUID.class), row.getInt(2));
                        });
        return counts;
    }

    /// @return false when the base has a question of these words
    boolean add(
            UUID id,
            KnowledgeBaseId base,
            GoldenDraft draft,
            GoldenQuestion.Source source,
            String by) {
        int added =
                db.sql(
                                """
                                insert into golden_question (id, knowledge_base_id, text, answerable,
                                    evidence, source, created_by)
                                values (:id, :base, :text, :answerable, :evidence, :source, :by)
                                on conflict do nothing
                                """)
                        .param("id", id)
                        .param("base", base.value())
                        .param("text", draft.text())
                        .param("answerable", draft.answerable())
                        .param("evidence", draft.evidence().toArray(String[]::new))
                        .param("source", source.word())
                        .param("by", by)
                        .update();
        if (added == 1) {
            expect(id, draft.documents());
        }
        return added == 1;
    }

    void change(UUID id, GoldenDraft draft) {
        db.sql(
                        """
                        update golden_question set text = :text, answerable = :answerable,
                            evidence = :evidence, updated_at = now() where id = :id
                        """)
                .param("id", id)
                .param("text", draft.text())
                .param("answerable", draft.answerable())
                .param("evidence", draft.evidence().toArray(String[]::new))
                .update();
        db.sql("delete from golden_document where golden_question_id = :id")
                .param("id", id)
                .update();
        expect(id, draft.documents());
    }

    boolean delete(UUID id) {
        return db.sql("delete from golden_question where id = :id").param("id", id).update() == 1;
    }

    /// Of a base, by id.
    Map<UUID, String> documents(KnowledgeBaseId base) {
        Map<UUID, String> names = new HashMap<>();
        db.sql(
                        """
                        select id, name from document
                        where knowledge_base_id = :base and deleted_at is null
                        """)
                .param("base", base.value())
                .query(
                        row -> {
                            names.put(row.getObject(1, UUID.class), row.getString(2));
                        });
        return names;
    }

    /// Those of these that the base has.
    Set<UUID> documents(KnowledgeBaseId base, List<UUID> ids) {
        return Set.copyOf(
                db.sql(
                                """
                                select id from document
                                where id = any(:ids) and knowledge_base_id = :base
                                    and deleted_at is null
                                """)
                        .param("base", base.value())
                        .param("ids", ids.toArray(UUID[]::new))
                        .query(UUID.class)
                        .list());
    }

    private void expect(UUID id, List<UUID> documents) {
        for (UUID document : documents) {
            db.sql("insert into golden_document values (:id, :document)")
                    .param("id", id)
                    .param("document", document)
                    .update();
        }
    }

    private Map<UUID, List<GoldenQuestion.Expected>> expected(KnowledgeBaseId base) {
        Map<UUID, List<GoldenQuestion.Expected>> expected = new HashMap<>();
        db.sql(
                        """
                        select g.golden_question_id, d.id, d.name, d.deleted_at is null as there
                        from golden_document g
                        join golden_question q on q.id = g.golden_question_id
                        join document d on d.id = g.document_id
                        where q.knowledge_base_id = :base order by d.name, d.id
                        """)
                .param("base", base.value())
                .query(
                        row -> {
                            expected.computeIfAbsent(
                                            row.getObject(1, UUID.class), _ -> new ArrayList<>())
                                    .add(
                                            new GoldenQuestion.Expected(
                                                    row.getObject(2, UUID.class),
                                                    row.getString(3),
                                                    row.getBoolean(4)));
                        });
        return expected;
    }

    private static GoldenQuestion question(
            ResultSet row, Map<UUID, List<GoldenQuestion.Expected>> expected) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new GoldenQuestion(
                id,
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                row.getString("text"),
                row.getBoolean("answerable"),
                expected.getOrDefault(id, List.of()),
                List.of((String[]) row.getArray("evidence").getArray()),
                GoldenQuestion.Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                row.getString("created_by"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
