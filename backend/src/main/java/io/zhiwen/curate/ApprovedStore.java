package io.zhiwen.curate;

import io.zhiwen.ingest.store.Vectors;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Approved answers in the database; rights are the caller's.
@Component
final class ApprovedStore {

    private final JdbcClient db;

    ApprovedStore(JdbcClient db) {
        this.db = db;
    }

    /// A question of a draft, as the encoder sees it.
    record Encoded(String text, float[] vector, String space) {

        /// The cosine of two of the same encoder.
        double similarity(Encoded other) {
            double sum = 0;
            for (int i = 0; i < vector.length; i++) {
                sum += vector[i] * other.vector[i];
            }
            return sum;
        }
    }

    /// A document that can be read.
    record LiveDocument(UUID id, String name, int version) {}

    /// A question of an answer that is given today.
    record Asked(UUID id, UUID answer) {}

    Optional<KnowledgeBaseId> baseOf(UUID id) {
        return db.sql("select knowledge_base_id from approved_answer where id = :id")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .map(KnowledgeBaseId::new);
    }

    /// The answer of the base that has this question.
    Optional<UUID> withQuestion(KnowledgeBaseId base, String question) {
        return db.sql(
                        """
                        select approved_answer_id from approved_question
                        where knowledge_base_id = :base and md5(lower(text)) = md5(lower(:text))
                        """)
                .param("base", base.value())
                .param("text", question)
                .query(UUID.class)
                .optional();
    }

    /// Those of the base that readers can find and that have one of these ids or names.
    Map<UUID, LiveDocument> documents(
            KnowledgeBaseId base, Collection<UUID> ids, Collection<String> names) {
        Map<UUID, LiveDocument> documents = new HashMap<>();
        db.sql(
                        """
                        select id, name, live_version from document
                        where knowledge_base_id = :base and deleted_at is null
                            and live_version is not null
                            and (id = any(:ids)
                                or lower(name) in (select lower(each) from unnest(:names) each))
                        """)
                .param("base", base.value())
                .param("ids", ids(ids))
                .param("names", names.toArray(String[]::new))
                .query(
                        row -> {
                            UUID id = uuid(row, 1);
                            documents.put(
                                    id, new LiveDocument(id, row.getString(2), row.getInt(3)));
                        });
        return documents;
    }

    void add(UUID id, KnowledgeBaseId base, ApprovedDraft draft, String by) {
        db.sql(
                        """
                        insert into approved_answer (id, knowledge_base_id, text, approved_by, expires_on)
                        values (:id, :base, :text, :by, :expires)
                        """)
                .param("id", id)
                .param("base", base.value())
                .param("text", draft.text())
                .param("by", by)
                .param("expires", draft.expiresOn())
                .update();
    }

    /// Whoever changes it approves it anew.
    void change(UUID id, ApprovedDraft draft, String by) {
        db.sql(
                        """
                        update approved_answer set text = :text, approved_by = :by,
                            approved_at = now(), expires_on = :expires where id = :id
                        """)
                .param("id", id)
                .param("text", draft.text())
                .param("by", by)
                .param("expires", draft.expiresOn())
                .update();
        db.sql("delete from approved_question where approved_answer_id = :id")
                .param("id", id)
                .update();
        db.sql("delete from approved_source where approved_answer_id = :id")
                .param("id", id)
                .update();
    }

    /// @return false when another answer of the base has this question
    boolean ask(UUID answer, KnowledgeBaseId base, int number, Encoded question) {
        return db.sql(
                                """
                                insert into approved_question (id, approved_answer_id, knowledge_base_id,
                                    number, text, vector, space)
                                values (:id, :answer, :base, :number, :text, :vector, :space)
                                on conflict do nothing
                                """)
                        .param("id", UUID.randomUUID())
                        .param("answer", answer)
                        .param("base", base.value())
                        .param("number", number)
                        .param("text", question.text())
                        .param("vector", Vectors.toBytes(question.vector()))
                        .param("space", question.space())
                        .update()
                == 1;
    }

    void rest(UUID answer, int number, LiveDocument document, String quote) {
        db.sql(
                        """
                        insert into approved_source (approved_answer_id, number, document_id,
                            document_name, version, quote)
                        values (:answer, :number, :document, :name, :version, :quote)
                        """)
                .param("answer", answer)
                .param("number", number)
                .param("document", document.id())
                .param("name", document.name())
                .param("version", document.version())
                .param("quote", quote)
                .update();
    }

    void delete(UUID id) {
        db.sql("delete from approved_answer where id = :id").param("id", id).update();
    }

    /// Questions of these bases whose answers have not expired.
    List<Asked> asked(Collection<KnowledgeBaseId> bases) {
        return db.sql(
                        """
                        select q.id, q.approved_answer_id from approved_question q
                        join approved_answer a on a.id = q.approved_answer_id
                        where q.knowledge_base_id = any(:bases)
                            and (a.expires_on is null or a.expires_on >= current_date)
                        """)
                .param("bases", ids(bases.stream().map(KnowledgeBaseId::value).toList()))
                .query((row, _) -> new Asked(uuid(row, 1), uuid(row, 2)))
                .list();
    }

    Map<UUID, Encoded> questions(Collection<UUID> ids) {
        Map<UUID, Encoded> found = new HashMap<>();
        db.sql("select id, text, vector, space from approved_question where id = any(:ids)")
                .param("ids", ids(ids))
                .query(
                        row -> {
                            var vector = Vectors.toFloats(row.getBytes(3));
                            found.put(
                                    uuid(row, 1),
                                    new Encoded(row.getString(2), vector, row.getString(4)));
                        });
        return found;
    }

    /// For each source of an answer, in order, the live passage that holds its quote, or the first;
    /// none where the document is gone.
    List<Optional<Long>> passages(UUID answer) {
        return db.sql(
                        """
                        select (select c.id from chunk c
                            join document d on d.id = c.document_id and d.live_version = c.version
                                and d.deleted_at is null
                            where c.document_id = s.document_id
                            order by (s.quote <> '' and position(s.quote in
                                regexp_replace(c.text, '\\s+', ' ', 'g')) > 0) desc, c.ordinal
                            limit 1)
                        from approved_source s where s.approved_answer_id = :answer order by s.number
                        """)
                .param("answer", answer)
                .query((row, _) -> Optional.ofNullable(row.getObject(1, Long.class)))
                .list();
    }

    void given(UUID answer) {
        db.sql("update approved_answer set given = given + 1 where id = :id")
                .param("id", answer)
                .update();
    }

    private static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
