package io.zhiwen.conversation.feedback;

import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What readers think of answers. A reader rates the answers to their own questions, each once, and
/// may change their mind; admins see all of it. Safe for concurrent use.
@Component
public class Feedbacks {

    private final JdbcClient db;

    Feedbacks(JdbcClient db) {
        this.db = db;
    }

    /// Stores the verdict in the place of an earlier one.
    ///
    /// @param answer the id of its trace
    /// @return false when this reader asked for no such answer
    public boolean rate(Principal reader, UUID answer, Verdict verdict) {
        var reason = verdict.reason();
        return db.sql(
                                """
                                insert into answer_feedback (id, answer_id, reader_id, reader, good, reason,
                                    comment, correction, question, answer, refused, sources, knowledge_base_ids)
                                select :id, t.id, :reader, :name, :good, :reason, :comment, :correction, t.question,
                                    t.trace #>> '{answer,text}', (t.trace #>> '{answer,refused}')::boolean,
                                    t.trace #> '{answer,sources}',
                                    case when jsonb_array_length(t.trace #> '{answer,sources}') = 0
                                        then array(select b::uuid
                                            from jsonb_array_elements_text(t.trace -> 'bases') b)
                                        else array(select distinct (s ->> 'base')::uuid
                                            from jsonb_array_elements(t.trace #> '{answer,sources}') s) end
                                from answer_trace t
                                where t.id = :answer and t.trace ->> 'asker' = :asker and t.trace -> 'answer' is not null
                                on conflict (answer_id, reader_id) do update set good = :good, reason = :reason,
                                    comment = :comment, correction = :correction, updated_at = now()""")
                        .param("id", UUID.randomUUID())
                        .param("answer", answer)
                        .param("reader", id(reader))
                        .param("asker", id(reader).toString())
                        .param("name", reader.label())
                        .param("good", verdict.good())
                        .param("reason", reason == null ? null : reason.code())
                        .param("comment", verdict.comment())
                        .param("correction", verdict.correction())
                        .update()
                > 0;
    }

    /// Takes this reader's verdict back, if there is one.
    public void withdraw(Principal reader, UUID answer) {
        db.sql("delete from answer_feedback where answer_id = :answer and reader_id = :reader")
                .param("answer", answer)
                .param("reader", id(reader))
                .update();
    }

    /// This reader's own verdicts, by answer; those without one are left out.
    public Map<UUID, Verdict> of(Principal reader, List<UUID> answers) {
        Map<UUID, Verdict> verdicts = new HashMap<>();
        db.sql(
                        """
                        select * from answer_feedback
                        where reader_id = :reader and answer_id = any(cast(:answers as uuid[]))""")
                .param("reader", id(reader))
                .param(
                        "answers",
                        answers.stream()
                                .map(UUID::toString)
                                .collect(Collectors.joining(",", "{", "}")))
                .query(
                        row -> {
                            verdicts.put(
                                    row.getObject("answer_id", UUID.class),
                                    FeedbackRow.verdict(row));
                        });
        return verdicts;
    }

    /// The newest first, for admins.
    ///
    /// @param good only those; null for all
    /// @param after the id of the last one seen; null to begin
    /// @throws NotAllowed for others
    public List<Feedback> list(
            Principal admin, @Nullable Boolean good, @Nullable UUID after, int limit) {
        NotAllowed.unlessAdmin(admin, "feedback is for admins");
        return db.sql(
                        """
                        select * from answer_feedback
                        where (cast(:good as boolean) is null or good = :good)
                            and (cast(:after as uuid) is null or (created_at, id) <
                                (select created_at, id from answer_feedback where id = :after))
                        order by created_at desc, id desc limit :limit""")
                .param("good", good)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> FeedbackRow.of(row))
                .list();
    }

    private static UUID id(Principal reader) {
        return switch (reader) {
            case Principal.User user -> user.id();
            case Principal.Key key -> key.id();
        };
    }
}
