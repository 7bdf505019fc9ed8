package io.zhiwen.curate.dashboard;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts answers, ratings, tokens and failures in the database: each in one query by step, by base
/// and in all.
@Component
final class FigureStore {

    private static final String STEP = "(%s - cast(:from as date)) / :step as step";
    private static final String DAY = "(%s at time zone :zone)::date";
    private static final String CHOSEN =
            "(cast(:base as uuid) is null or %s = cast(:base as uuid))";

    private final JdbcClient db;

    FigureStore(JdbcClient db) {
        this.db = db;
    }

    /// What figures are of: a step, a base, or everything.
    record Of(@Nullable Integer step, @Nullable UUID base) {

        static final Of ALL = new Of(null, null);
    }

    /// Everything that was counted.
    record Counted(
            Map<Of, Figures.Answers> answers,
            Map<Of, Figures.Ratings> ratings,
            Map<Of, Figures.Tokens> tokens,
            Map<Of, Long> failures) {

        Figures of(Of what) {
            return new Figures(
                    answers.getOrDefault(what, Figures.Answers.NONE),
                    ratings.getOrDefault(what, Figures.Ratings.NONE),
                    tokens.getOrDefault(what, Figures.Tokens.NONE),
                    failures.getOrDefault(what, 0L));
        }
    }

    Counted count(@Nullable KnowledgeBaseId base, Period period) {
        return new Counted(
                answers(base, period),
                ratings(base, period),
                tokens(base, period),
                failures(base, period));
    }

    private Map<Of, Figures.Answers> answers(@Nullable KnowledgeBaseId base, Period period) {
        return grouped(
                """
                count(*) as questions, count(distinct asker_id) as readers,
                count(*) filter (where got) as answered,
                count(*) filter (where outcome in ('refused', 'forbidden')) as refused,
                count(*) filter (where got and unsupported > 0) as unsupported,
                percentile_disc(0.5) within group (order by first_token_millis) as half,
                percentile_disc(0.95) within group (order by first_token_millis) as most
                """,
                """
                select %s, knowledge_base_id as base, asker_id, outcome, unsupported,
                    first_token_millis, outcome in ('answered', 'extractive', 'approved', 'computed') as got
                from answer_figure where at >= :begin and at < :end and %s
                """
                        .formatted(
                                STEP.formatted(DAY.formatted("at")),
                                CHOSEN.formatted("knowledge_base_id")),
                base,
                period,
                row ->
                        new Figures.Answers(
                                row.getLong("questions"),
                                row.getLong("readers"),
                                row.getLong("answered"),
                                row.getLong("refused"),
                                row.getLong("unsupported"),
                                row.getObject("half", Integer.class),
                                row.getObject("most", Integer.class)));
    }

    /// A rating of an answer that rests on two bases is one of each.
    private Map<Of, Figures.Ratings> ratings(@Nullable KnowledgeBaseId base, Period period) {
        return grouped(
                """
                count(distinct id) filter (where good) as good,
                count(distinct id) filter (where not good) as bad
                """,
                """
                select %s, b.id as base, f.id, f.good
                from answer_feedback f left join unnest(f.knowledge_base_ids) b (id) on true
                where f.created_at >= :begin and f.created_at < :end and %s
                """
                        .formatted(
                                STEP.formatted(DAY.formatted("f.created_at")),
                                CHOSEN.formatted("b.id")),
                base,
                period,
                row -> new Figures.Ratings(row.getLong("good"), row.getLong("bad")));
    }

    /// Their days are those of UTC.
    private Map<Of, Figures.Tokens> tokens(@Nullable KnowledgeBaseId base, Period period) {
        return grouped(
                "sum(prompt_tokens) as prompt, sum(answer_tokens) as answer",
                """
                select %s, knowledge_base_id as base, prompt_tokens, answer_tokens
                from token_usage
                where day between cast(:from as date) and cast(:to as date) and %s
                """
                        .formatted(STEP.formatted("day"), CHOSEN.formatted("knowledge_base_id")),
                base,
                period,
                row -> new Figures.Tokens(row.getLong("prompt"), row.getLong("answer")));
    }

    private Map<Of, Long> failures(@Nullable KnowledgeBaseId base, Period period) {
        return grouped(
                "count(*) as failures",
                """
                select %s, d.knowledge_base_id as base
                from document_version v
                join document d on d.id = v.document_id and d.deleted_at is null
                join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
                    and not b.chat_only
                where v.status = 'failed' and v.finished_at >= :begin and v.finished_at < :end
                    and %s
                """
                        .formatted(
                                STEP.formatted(DAY.formatted("v.finished_at")),
                                CHOSEN.formatted("d.knowledge_base_id")),
                base,
                period,
                row -> row.getLong("failures"));
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Map<Of, T> grouped(
            String counts,
            String from,
            @Nullable KnowledgeBaseId base,
            Period period,
            Row<T> figures) {
        Map<Of, T> found = new HashMap<>();
        db.sql(
                        """
                        select step, base, grouping(step) = 0 as of_step, grouping(base) = 0 as of_base,
                            %s
                        from (%s) counted
                        group by grouping sets ((step), (base), ())
                        """
                                .formatted(counts, from))
                .params(period.parameters())
                .param("base", base == null ? null : base.value())
                .query(
                        row -> {
                            var step = row.getBoolean("of_step") ? row.getInt("step") : null;
                            var of = row.getObject("base", UUID.class);
                            if (!row.getBoolean("of_base") || of != null) {
                                found.put(new Of(step, of), figures.of(row));
                            }
                        });
        return found;
    }
}
