package io.zhiwen.evaluate.golden;

import io.zhiwen.evaluate.profile.ProfileValues;
import io.zhiwen.evaluate.profile.StoredProfile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Runs and their results in the database; rights are the caller's.
@Component
final class RunStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;

    RunStore(JdbcClient db) {
        this.db = db;
    }

    void begin(UUID id, KnowledgeBaseId base, StoredProfile profile, int questions, String by) {
        db.sql(
                        """
                        insert into evaluation_run (id, knowledge_base_id, profile_id, profile_name,
                            profile, state, questions, started_by)
                        values (:id, :base, :profile, :name, cast(:values as jsonb), 'running',
                            :questions, :by)
                        """)
                .param("id", id)
                .param("base", base.value())
                .param("profile", profile.id())
                .param("name", profile.name())
                .param("values", profile.values().json())
                .param("questions", questions)
                .param("by", by)
                .update();
    }

    /// @return false when the run is over for others: its node seemed dead
    boolean add(UUID run, int ordinal, QuestionResult result) {
        int going =
                db.sql(
                                """
                                update evaluation_run set done = :done, seen_at = now()
                                where id = :id and state = 'running'
                                """)
                        .param("done", ordinal + 1)
                        .param("id", run)
                        .update();
        if (going == 0) {
            return false;
        }
        db.sql(
                        """
                        insert into evaluation_result (run_id, ordinal, golden_question_id, question,
                            answerable, refused, result)
                        values (:run, :ordinal, :id, :question, :answerable, :refused,
                            cast(:result as jsonb))
                        """)
                .param("run", run)
                .param("ordinal", ordinal)
                .param("id", result.question())
                .param("question", result.text())
                .param("answerable", result.answerable())
                .param("refused", result.refused())
                .param("result", JSON.writeValueAsString(result.measured()).replace("\\u0000", ""))
                .update();
        return true;
    }

    /// Those that wait on this node are alive too.
    void seen(List<UUID> runs) {
        db.sql("update evaluation_run set seen_at = now() where id = any(:runs)")
                .param("runs", runs.toArray(UUID[]::new))
                .update();
    }

    void done(UUID run, RunFigures figures) {
        db.sql(
                        """
                        update evaluation_run set state = 'done', ended_at = now(),
                            figures = cast(:figures as jsonb)
                        where id = :id and state = 'running'
                        """)
                .param("figures", JSON.writeValueAsString(figures))
                .param("id", run)
                .update();
    }

    void failed(UUID run) {
        db.sql(
                        """
                        update evaluation_run set state = 'failed', ended_at = now()
                        where id = :id and state = 'running'
                        """)
                .param("id", run)
                .update();
    }

    /// Newest first.
    List<EvaluationRun> of(KnowledgeBaseId base, int limit) {
        endLost();
        return db.sql(
                        """
                        select * from evaluation_run where knowledge_base_id = :base
                        order by started_at desc, id limit :limit
                        """)
                .param("base", base.value())
                .param("limit", limit)
                .query((row, _) -> run(row))
                .list();
    }

    Optional<EvaluationRun> find(UUID id) {
        endLost();
        return db.sql("select * from evaluation_run where id = :id")
                .param("id", id)
                .query((row, _) -> run(row))
                .optional();
    }

    /// In the order they were asked.
    List<QuestionResult> results(UUID run) {
        return db.sql("select * from evaluation_result where run_id = :run order by ordinal")
                .param("run", run)
                .query(
                        (row, _) ->
                                new QuestionResult(
                                        row.getObject("golden_question_id", UUID.class),
                                        row.getString("question"),
                                        row.getBoolean("answerable"),
                                        row.getBoolean("refused"),
                                        JSON.readValue(
                                                row.getString("result"),
                                                QuestionResult.Measured.class)))
                .list();
    }

    /// A run that has not been seen for a minute has lost its node.
    private void endLost() {
        db.sql(
                        """
                        update evaluation_run set state = 'failed', ended_at = now()
                        where state = 'running' and seen_at < now() - interval '1 minute'
                        """)
                .update();
    }

    private static EvaluationRun run(ResultSet row) throws SQLException {
        String figures = row.getString("figures");
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new EvaluationRun(
                row.getObject("id", UUID.class),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                row.getObject("profile_id", UUID.class),
                row.getString("profile_name"),
                ProfileValues.ofJson(row.getString("profile")),
                EvaluationRun.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("questions"),
                row.getInt("done"),
                figures == null ? null : JSON.readValue(figures, RunFigures.class),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }
}
