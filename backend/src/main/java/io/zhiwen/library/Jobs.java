package io.zhiwen.library;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.zhiwen.node.Channel;
import io.zhiwen.node.Chore;
import io.zhiwen.node.Node;
import io.zhiwen.node.Notifications;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The queue of work on uploads. A job is put in it by the transaction that makes the version it
/// is for, so the two cannot disagree; it is taken by one worker at a time, on whichever node,
/// and taken again when that worker stops giving signs of life.
@Component
class Jobs implements SmartLifecycle {

    private static final String INGEST = "ingest";
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final JdbcClient db;
    private final Line line;
    private final IngestWorker worker;
    private final Node node;
    private final Scheduler scheduler;
    private volatile boolean running;

    /// @param queue a pool of its own: a worker that has used up the other one is alive all the
    /// same
    /// @param clock the database's: by clocks of their own nodes would take each other for dead
    Jobs(
            @Qualifier("queueDataSource") DataSource queue,
            JdbcClient db,
            Line line,
            IngestWorker worker,
            List<Chore> chores,
            IngestSettings settings,
            Node node,
            Notifications notifications,
            InstantSource clock) {
        this.db = db;
        this.line = line;
        this.worker = worker;
        this.node = node;
        Task<Void> ingest =
                Tasks.custom(INGEST, Void.class)
                        .onFailure(
                                (done, execution) ->
                                        execution.reschedule(done, clock.instant().plus(PAUSE)))
                        .onDeadExecutionRevive()
                        .execute((instance, _) -> run(instance));
        this.scheduler =
                Scheduler.create(queue, List.of(ingest))
                        .startTasks(all(chores).map(Jobs::recurring).toList())
                        .schedulerName(new SchedulerName.Fixed(node.name()))
                        .clock(clock::instant)
                        .threads(settings.workers())
                        .jdbcCustomization(new TurnByTurn())
                        .pollUsingLockAndFetch(0.5, 1.0)
                        .pollingInterval(Duration.ofSeconds(1))
                        .heartbeatInterval(settings.heartbeat())
                        // alone, nobody but this busy process could be taken for dead
                        .missedHeartbeatsLimit(node.alone() ? 360 : settings.heartbeatsMissed())
                        .shutdownMaxWait(Duration.ofSeconds(8))
                        .build();
        notifications.on(Channel.JOB, _ -> look());
    }

    /// Puts a job in the queue, as a part of the running transaction, whose commit wakes all nodes.
    ///
    /// @param by the label of who wants it done
    void put(UUID job, String by, Urgency urgency) {
        put(List.of(job), by, urgency);
    }

    void put(List<UUID> jobs, String by, Urgency urgency) {
        if (!jobs.isEmpty()) {
            line.add(jobs, by, urgency);
            afterCommit(this::look);
        }
    }

    /// Takes a job that the running transaction makes void out of the queue, and interrupts the
    /// work
    /// on it once that is committed, if it is done here; a worker elsewhere finds that out at its
    /// next step.
    void withdraw(UUID job) {
        line.remove(job);
        afterCommit(() -> worker.interrupt(job));
    }

    /// Has nodes look again once the running transaction is committed: this one now, others soon.
    void lookAfterCommit() {
        afterCommit(this::look);
    }

    @Override
    public void start() {
        if (node.role().takesJobs()) {
            releaseWhatTheDeadHeld();
            scheduler.start();
            running = true;
        }
    }

    /// What is in work goes back into the queue.
    @Override
    public void stop() {
        running = false;
        worker.stop();
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        action.run();
                    }
                });
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance) {
        return switch (worker.run(UUID.fromString(instance.getId()))) {
            case IngestWorker.Finished _ -> (_, execution) -> execution.remove();
            case IngestWorker.Again(Instant at) ->
                    (done, execution) -> execution.reschedule(done, at);
        };
    }

    private void look() {
        if (running) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    private Stream<Chore> all(List<Chore> chores) {
        var release = new Chore("release", Duration.ofMinutes(1), this::releaseWhatNobodyWorksOn);
        return Stream.concat(chores.stream(), node.alone() ? Stream.of(release) : Stream.empty());
    }

    private static RecurringTask<Void> recurring(Chore chore) {
        return Tasks.recurring(chore.name(), FixedDelay.of(chore.every()))
                .execute((_, _) -> chore.work().run());
    }

    /// A job that ended while the database did not answer stays taken. Elsewhere that is noticed by
    /// its missing signs of life; here, where a process is never taken for dead, by its work.
    void releaseWhatNobodyWorksOn() {
        String[] running = worker.running().stream().map(UUID::toString).toArray(String[]::new);
        db.sql(
                        """
                        update scheduled_tasks
                        set picked = false, picked_by = null, last_heartbeat = null,
                            version = version + 1
                        where task_name = :ingest and picked
                          and last_heartbeat < now() - interval '1 minute'
                          and task_instance <> all (:running)
                        """)
                .param("ingest", INGEST)
                .param("running", running)
                .update();
    }

    /// Whoever held a job here, or under this node's name, is dead: nobody need wait until it is
    /// missed.
    private void releaseWhatTheDeadHeld() {
        db.sql(
                        """
                        update scheduled_tasks
                        set picked = false, picked_by = null, last_heartbeat = null,
                            execution_time = least(execution_time, now()), version = version + 1
                        where picked and (:alone or picked_by = :node)
                        """)
                .param("alone", node.alone())
                .param("node", node.name())
                .update();
    }
}
