package io.zhiwen.library;

import io.zhiwen.account.NoSuchKnowledgeBase;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of `base_field`.
final class FieldRows {

    private static final String ALL =
            """
            select id, knowledge_base_id, name, kind, choices from base_field
            where knowledge_base_id = :base order by position, created_at, id
            """;

    private FieldRows() {}

    /// In their order.
    static List<BaseField> of(JdbcClient db, KnowledgeBaseId base) {
        return db.sql(ALL).param("base", base.value()).query((row, _) -> field(row)).list();
    }

    /// The same, which stay as they are until the end of the transaction.
    static List<BaseField> held(JdbcClient db, KnowledgeBaseId base) {
        return db.sql(ALL + " for share")
                .param("base", base.value())
                .query((row, _) -> field(row))
                .list();
    }

    /// The same, which nobody else changes or adds to until the end of the transaction.
    static List<BaseField> lock(JdbcClient db, KnowledgeBaseId base) {
        var found =
                db.sql(
                                """
                                select 1 from knowledge_base
                                where id = :base and deleted_at is null for update
                                """)
                        .param("base", base.value())
                        .query(Integer.class)
                        .list();
        if (found.isEmpty()) {
            throw new NoSuchKnowledgeBase(base);
        }
        return db.sql(ALL + " for update")
                .param("base", base.value())
                .query((row, _) -> field(row))
                .list();
    }

    static Map<FieldId, Long> uses(JdbcClient db, KnowledgeBaseId base) {
        return db
                .sql(
                        """
                        select v.field_id, count(*) from document_field v
                        join base_field f on f.id = v.field_id
                        join document d on d.id = v.document_id and d.deleted_at is null
                        where f.knowledge_base_id = :base group by v.field_id
                        """)
                .param("base", base.value())
                .query(
                        (row, _) ->
                                Map.entry(
                                        new FieldId(row.getObject(1, UUID.class)), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static long uses(JdbcClient db, FieldId id, String choice) {
        return db.sql(
                        """
                        select count(*) from document_field v
                        join document d on d.id = v.document_id and d.deleted_at is null
                        where v.field_id = :id and v.text_value = :choice
                        """)
                .param("id", id.value())
                .param("choice", choice)
                .query(Long.class)
                .single();
    }

    static void insert(JdbcClient db, BaseField field, int position) {
        db.sql(
                        """
                        insert into base_field (id, knowledge_base_id, name, kind, choices, position)
                        values (:id, :base, :name, :kind, :choices, :position)
                        """)
                .param("id", field.id().value())
                .param("base", field.base().value())
                .param("name", field.name())
                .param("kind", field.kind().code())
                .param("choices", field.choices().toArray(String[]::new))
                .param("position", position)
                .update();
    }

    static void update(JdbcClient db, BaseField field) {
        db.sql("update base_field set name = :name, choices = :choices where id = :id")
                .param("name", field.name())
                .param("choices", field.choices().toArray(String[]::new))
                .param("id", field.id().value())
                .update();
    }

    static void order(JdbcClient db, List<FieldId> order) {
        db.sql(
                        """
                        update base_field f set position = o.place
                        from unnest(:ids::uuid[]) with ordinality as o (id, place)
                        where f.id = o.id and f.position <> o.place
                        """)
                .param("ids", order.stream().map(FieldId::value).toArray(UUID[]::new))
                .update();
    }

    /// @return how many documents had a value in it
    static long delete(JdbcClient db, FieldId id) {
        long documents =
                db.sql(
                                """
                                select count(*) from document_field v
                                join document d on d.id = v.document_id and d.deleted_at is null
                                where v.field_id = :id
                                """)
                        .param("id", id.value())
                        .query(Long.class)
                        .single();
        db.sql("delete from base_field where id = :id").param("id", id.value()).update();
        return documents;
    }

    private static BaseField field(ResultSet row) throws SQLException {
        return new BaseField(
                new FieldId(row.getObject("id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                row.getString("name"),
                FieldKind.named(row.getString("kind")).orElseThrow(),
                List.of((String[]) row.getArray("choices").getArray()));
    }
}
