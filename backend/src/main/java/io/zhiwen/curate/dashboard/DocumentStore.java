package io.zhiwen.curate.dashboard;

import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which documents answers rest on, and which none does.
@Component
final class DocumentStore {

    /// What readers can find.
    private static final String FOUND =
            """
            from document d
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
                and not b.chat_only
            %s
            where d.deleted_at is null and d.live_version is not null
                and (cast(:base as uuid) is null or d.knowledge_base_id = cast(:base as uuid))
                and
            """
                    + Reach.IN_FORCE;

    private static final String NOT_USED =
            """
            and not exists (select 1 from answer_source s
                where s.document_id = d.id and s.at >= :begin and s.at < :end)
            """;

    private static final String TIMES =
            """
            join (select document_id, count(*) as times from answer_source
                where at >= :begin and at < :end group by document_id) s on s.document_id = d.id
            """;

    private final JdbcClient db;

    DocumentStore(JdbcClient db) {
        this.db = db;
    }

    /// All bases by id and name.
    Map<UUID, String> bases() {
        Map<UUID, String> names = new HashMap<>();
        db.sql("select id, name from knowledge_base where deleted_at is null and not chat_only")
                .query(
                        row -> {
                            names.put(row.getObject(1, UUID.class), row.getString(2));
                        });
        return names;
    }

    List<Overview.Used> used(@Nullable KnowledgeBaseId base, Period period, int limit) {
        return query(
                        "select d.id, d.name, b.name as base, s.times "
                                + FOUND.formatted(TIMES)
                                + " order by s.times desc, d.id limit :limit",
                        base,
                        period)
                .param("limit", limit)
                .query((row, _) -> used(row))
                .list();
    }

    long unused(@Nullable KnowledgeBaseId base, Period period) {
        return query("select count(*) " + FOUND.formatted("") + NOT_USED, base, period)
                .query(Long.class)
                .single();
    }

    /// The oldest first.
    List<Overview.Used> idle(@Nullable KnowledgeBaseId base, Period period, int limit) {
        return query(
                        "select d.id, d.name, b.name as base, 0 as times "
                                + FOUND.formatted("")
                                + NOT_USED
                                + " order by d.created_at, d.id limit :limit",
                        base,
                        period)
                .param("limit", limit)
                .query((row, _) -> used(row))
                .list();
    }

    List<Overview.Used> all(@Nullable KnowledgeBaseId base, Period period) {
        return query(
                        "select d.id, d.name, b.name as base, coalesce(s.times, 0) as times "
                                + FOUND.formatted("left " + TIMES)
                                + " order by 4 desc, d.name, d.id",
                        base,
                        period)
                .query((row, _) -> used(row))
                .list();
    }

    List<Overview.Failed> failures(@Nullable KnowledgeBaseId base, Period period) {
        return query(
                        """
                        select coalesce(v.reason_code, '') as reason, count(*) as failed
                        from document_version v
                        join document d on d.id = v.document_id and d.deleted_at is null
                        join knowledge_base b on b.id = d.knowledge_base_id
                            and b.deleted_at is null and not b.chat_only
                        where v.status = 'failed'
                            and v.finished_at >= :begin and v.finished_at < :end
                            and (cast(:base as uuid) is null
                                or d.knowledge_base_id = cast(:base as uuid))
                        group by 1 order by 2 desc, 1
                        """,
                        base,
                        period)
                .query((row, _) -> new Overview.Failed(row.getString(1), row.getLong(2)))
                .list();
    }

    private JdbcClient.StatementSpec query(
            String sql, @Nullable KnowledgeBaseId base, Period period) {
        return db.sql(sql)
                .params(period.parameters())
                .param("base", base == null ? null : base.value());
    }

    private static Overview.Used used(ResultSet row) throws SQLException {
        return new Overview.Used(
                new DocumentId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("base"),
                row.getLong("times"));
    }
}
