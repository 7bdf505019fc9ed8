package io.zhiwen.library;

import com.github.kagkarlsson.scheduler.TaskResolver.UnresolvedTask;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How db-scheduler takes what is due: chores first, then files in the order of the line. Nodes
/// that
/// ask at once pass over what another is just taking.
final class TurnByTurn extends PostgreSqlJdbcCustomization {

    private static final String TAKE =
            """
            with due as materialized (
                select task_name, task_instance from scheduled_tasks
                where not picked and execution_time <= ? and %s
                limit ? for update skip locked),
            taken as (
                update scheduled_tasks t
                set picked = true, picked_by = ?, last_heartbeat = ?, version = version + 1
                from due
                where t.task_name = due.task_name and t.task_instance = due.task_instance
                returning t.*)
            select * from taken order by turn, urgency, execution_time, task_instance
            """;

    private static final String CHORES =
            TAKE.formatted(
                    """
                    task_name <> 'ingest' and task_name <> all (?)
                    order by execution_time""");

    private static final String FILES =
            TAKE.formatted(
                    """
                    task_name = 'ingest' and not held
                      and not exists (select from ingest_pause where knowledge_base_id is null)
                      and not exists (select from ingest_pause where knowledge_base_id = base_id)
                    order by turn, urgency, execution_time, task_instance""");

    TurnByTurn() {
        super(false, false);
    }

    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
        List<Execution> taken = new ArrayList<>(chores(context, now, limit));
        if (taken.size() < limit) {
            taken.addAll(files(context, now, limit - taken.size()));
        }
        return taken;
    }

    /// Those of a version that knows more of them are left to its nodes.
    private List<Execution> chores(JdbcTaskRepositoryContext context, Instant now, int limit) {
        String[] unknown =
                context.taskResolver.getUnresolved().stream()
                        .map(UnresolvedTask::getTaskName)
                        .toArray(String[]::new);
        return context.jdbcRunner.query(
                CHORES,
                statement -> {
                    setInstant(statement, 1, now);
                    statement.setArray(2, statement.getConnection().createArrayOf("text", unknown));
                    statement.setInt(3, limit);
                    statement.setString(4, context.schedulerName.getName());
                    setInstant(statement, 5, now);
                },
                context.resultSetMapper.get());
    }

    private List<Execution> files(JdbcTaskRepositoryContext context, Instant now, int limit) {
        return context.jdbcRunner.query(
                FILES,
                statement -> {
                    setInstant(statement, 1, now);
                    statement.setInt(2, limit);
                    statement.setString(3, context.schedulerName.getName());
                    setInstant(statement, 4, now);
                },
                context.resultSetMapper.get());
    }
}
