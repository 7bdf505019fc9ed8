package io.zhiwen.curate;

import io.zhiwen.account.Listed;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads approved answers, one, all or page by page; rights are the caller's. Which ones a page has
/// is decided first; only those are then read whole.
@Component
final class ApprovedList {

    private static final String IN_BASE =
            """
            from approved_answer a
            join approved_question named on named.approved_answer_id = a.id and named.number = 1
            where a.knowledge_base_id = :base
                and (:words = '' or strpos(lower(a.text), lower(:words)) > 0
                    or exists (select 1 from approved_question w
                        where w.approved_answer_id = a.id
                            and strpos(lower(w.text), lower(:words)) > 0))
            """;

    private final JdbcClient db;

    ApprovedList(JdbcClient db) {
        this.db = db;
    }

    Optional<ApprovedAnswer> find(UUID id) {
        return read(List.of(id)).stream().findFirst();
    }

    /// The newest first.
    List<ApprovedAnswer> all(KnowledgeBaseId base) {
        return read(
                in(
                                "select a.id %s order by %s"
                                        .formatted(IN_BASE, ApprovedOrder.ADDED.sql(true)),
                                base,
                                "")
                        .query(UUID.class)
                        .list());
    }

    /// @param words of a question or the answer; empty for all
    /// @param page from 1
    Listed<ApprovedAnswer> page(
            KnowledgeBaseId base,
            String words,
            ApprovedOrder order,
            boolean descending,
            int page,
            int size) {
        List<UUID> ids =
                in(
                                "select a.id %s order by %s limit :size offset :from"
                                        .formatted(IN_BASE, order.sql(descending)),
                                base,
                                words)
                        .param("size", size)
                        .param("from", (page - 1L) * size)
                        .query(UUID.class)
                        .list();
        return new Listed<>(
                read(ids),
                in("select count(*) " + IN_BASE, base, words).query(Long.class).single());
    }

    /// The newest first, from behind this one.
    ///
    /// @param added null for the beginning
    List<ApprovedAnswer> after(
            KnowledgeBaseId base,
            String words,
            @Nullable Instant added,
            @Nullable UUID id,
            int limit) {
        return read(
                in(
                                """
                                select a.id %s
                                    and (cast(:added as timestamptz) is null
                                        or (a.created_at, a.id) < (:added, cast(:id as uuid)))
                                order by %s limit :limit
                                """
                                        .formatted(IN_BASE, ApprovedOrder.ADDED.sql(true)),
                                base,
                                words)
                        .param("added", added == null ? null : added.atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .param("limit", limit)
                        .query(UUID.class)
                        .list());
    }

    private JdbcClient.StatementSpec in(String sql, KnowledgeBaseId base, String words) {
        return db.sql(sql).param("base", base.value()).param("words", words);
    }

    /// In the order of the ids.
    private List<ApprovedAnswer> read(List<UUID> ids) {
        UUID[] keys = ids.toArray(UUID[]::new);
        Map<UUID, List<String>> questions = questions(keys);
        Map<UUID, List<ApprovedAnswer.Source>> sources = sources(keys);
        return db.sql(
                        """
                        select a.*, coalesce(a.expires_on < current_date, false) as expired
                        from approved_answer a where a.id = any(:ids)
                        order by array_position(:ids, a.id)
                        """)
                .param("ids", keys)
                .query((row, _) -> answer(row, questions, sources))
                .list();
    }

    private Map<UUID, List<String>> questions(UUID[] ids) {
        Map<UUID, List<String>> questions = new HashMap<>();
        db.sql(
                        """
                        select approved_answer_id, text from approved_question
                        where approved_answer_id = any(:ids) order by number
                        """)
                .param("ids", ids)
                .query(
                        row -> {
                            questions
                                    .computeIfAbsent(uuid(row, 1), _ -> new ArrayList<>())
                                    .add(row.getString(2));
                        });
        return questions;
    }

    private Map<UUID, List<ApprovedAnswer.Source>> sources(UUID[] ids) {
        Map<UUID, List<ApprovedAnswer.Source>> sources = new HashMap<>();
        db.sql(
                        """
                        select s.approved_answer_id, s.document_id, coalesce(d.name, s.document_name),
                            s.quote, d.live_version is not null, d.live_version <> s.version
                        from approved_source s
                        join approved_answer a on a.id = s.approved_answer_id
                        left join document d on d.id = s.document_id and d.deleted_at is null
                            and d.knowledge_base_id = a.knowledge_base_id
                        where a.id = any(:ids) order by s.number
                        """)
                .param("ids", ids)
                .query(
                        row -> {
                            sources.computeIfAbsent(uuid(row, 1), _ -> new ArrayList<>())
                                    .add(
                                            new ApprovedAnswer.Source(
                                                    uuid(row, 2),
                                                    row.getString(3),
                                                    row.getString(4),
                                                    row.getBoolean(5),
                                                    row.getBoolean(6)));
                        });
        return sources;
    }

    private static ApprovedAnswer answer(
            ResultSet row,
            Map<UUID, List<String>> questions,
            Map<UUID, List<ApprovedAnswer.Source>> sources)
            throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        List<ApprovedAnswer.Source> rests = sources.getOrDefault(id, List.of());
        return new ApprovedAnswer(
                id,
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                questions.getOrDefault(id, List.of()),
                row.getString("text"),
                rests,
                row.getString("approved_by"),
                row.getObject("approved_at", OffsetDateTime.class).toInstant(),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_on", LocalDate.class),
                ApprovedAnswer.State.of(row.getBoolean("expired"), rests),
                row.getLong("given"));
    }

    private static UUID uuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
