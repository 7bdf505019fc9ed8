package io.zhiwen.conversation.feedback;

import io.zhiwen.account.Audit;
import io.zhiwen.account.Listed;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.store.Reach;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Rated answers as admins choose, read and correct them. Safe for concurrent use.
@Component
public class RatedAnswers {

    /// Of a correction, in characters.
    public static final int LONGEST = 8000;

    private static final String CHOSEN =
            """
             from answer_feedback
            where (cardinality(:bases::uuid[]) = 0 or knowledge_base_ids && :bases)
                and (:since::timestamptz is null or created_at >= :since)
                and (:until::timestamptz is null or created_at < :until)
                and (cardinality(:ids::uuid[]) = 0 or id = any(:ids))
                and reader <> all(:without)
                and (cardinality(:ratings::text[]) = 0 or case
                    when revised_by is not null or correction <> '' then 'corrected'
                    when good then 'good' else 'bad' end = any(:ratings))
                and (:words = '' or strpos(lower(question), lower(:words)) > 0
                    or strpos(lower(answer), lower(:words)) > 0)
            """;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;

    RatedAnswers(JdbcClient db, TransactionOperations transaction, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
    }

    /// All that were chosen, the newest first.
    ///
    /// @throws NotAllowed for others than admins
    public List<Feedback> chosen(Principal admin, FeedbackChoice choice) {
        return page(admin, choice, 1, Integer.MAX_VALUE).rows();
    }

    /// @param page from 1
    /// @throws NotAllowed for others than admins
    public Listed<Feedback> page(Principal admin, FeedbackChoice choice, int page, int rows) {
        NotAllowed.unlessAdmin(admin, "feedback is for admins");
        var chosen = parameters(choice);
        long total = db.sql("select count(*)" + CHOSEN).params(chosen).query(Long.class).single();
        var found =
                db.sql(
                                "select *"
                                        + CHOSEN
                                        + "order by created_at desc, id desc"
                                        + " limit :rows offset :skipped")
                        .params(chosen)
                        .param("rows", rows)
                        .param("skipped", (page - 1L) * rows)
                        .query((row, _) -> FeedbackRow.of(row))
                        .list();
        return new Listed<>(found, total);
    }

    /// Whoever rated something, e.g. `user:lin`.
    ///
    /// @throws NotAllowed for others than admins
    public List<String> readers(Principal admin) {
        NotAllowed.unlessAdmin(admin, "feedback is for admins");
        return db.sql("select distinct reader from answer_feedback order by reader")
                .query(String.class)
                .list();
    }

    /// @throws NotAllowed for others than admins
    public Optional<Feedback> find(Principal admin, UUID id) {
        NotAllowed.unlessAdmin(admin, "feedback is for admins");
        return db.sql("select * from answer_feedback where id = :id")
                .param("id", id)
                .query((row, _) -> FeedbackRow.of(row))
                .optional();
    }

    /// Writes what the answer should have said, in the place of what was written before.
    ///
    /// @param text empty to take it back; more than `LONGEST` characters are cut off
    /// @return empty when there is no such rating
    /// @throws NotAllowed for others than admins
    public Optional<Feedback> correct(Principal admin, UUID id, String text) {
        NotAllowed.unlessAdmin(admin, "feedback is for admins");
        String better = new Verdict(false, null, "", text).correction();
        transaction.executeWithoutResult(
                _ -> {
                    int changed =
                            db.sql(
                                            """
                                            update answer_feedback set revision = :text,
                                                revised_by = :by, revised_at = case
                                                    when :by::text is null then null else now() end
                                            where id = :id""")
                                    .param("text", better)
                                    .param(
                                            "by",
                                            better.isEmpty() ? null : admin.label(),
                                            Types.VARCHAR)
                                    .param("id", id)
                                    .update();
                    if (changed > 0) {
                        audit.record(
                                admin,
                                "feedback.correct",
                                "feedback:" + id,
                                Map.of("taken_back", better.isEmpty()));
                    }
                });
        return find(admin, id);
    }

    private static Map<String, @Nullable Object> parameters(FeedbackChoice choice) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("bases", Reach.ids(choice.bases()));
        parameters.put("since", at(choice.from()));
        parameters.put("until", at(choice.until()));
        parameters.put("ids", choice.ids().toArray(UUID[]::new));
        parameters.put("without", choice.without().toArray(String[]::new));
        parameters.put(
                "ratings", choice.ratings().stream().map(Rating::code).toArray(String[]::new));
        parameters.put("words", choice.words());
        return parameters;
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
