package io.zhiwen.library;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The order in which files are worked on: start-time fair queuing over the rows of the queue. Who
/// sends the first file of a lane gets the turn that is next; each further one of the lane stands
/// `Urgency.step` turns behind. Nothing is kept beside the rows: what is the next turn is read from
/// those in work and in line, so nobody who puts a job in waits for another who does.
///
/// P. Goyal, H. Vin, H. Cheng: Start-time Fair Queuing, SIGCOMM 1996.
@Component
final class Line {

    /// Beyond so many of one person in line, the further ones are many.
    private static final int FEW = 20;

    private static final int MOST_COUNTED = 1000;

    /// Of the lock that those who add share, and who pauses or resumes has alone.
    private static final long WRITERS = 0x5a_4c_69_6e_65L;

    /// The turn that is next.
    private static final String NEXT =
            """
            greatest(
                (select max(turn) from scheduled_tasks where task_name = 'ingest' and picked),
                (select turn from scheduled_tasks
                 where task_name = 'ingest' and not picked and not held and execution_time <= :now
                 order by turn, urgency, execution_time, task_instance limit 1),
                0)\
            """;

    private final JdbcClient db;
    private final InstantSource clock;

    Line(JdbcClient db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /// Adds jobs behind those of the same lane, in the caller's transaction.
    ///
    /// @param by the label of who wants them done
    void add(List<UUID> jobs, String by, Urgency wanted) {
        Urgency urgency =
                wanted == Urgency.UPLOAD && isMany(jobs.size(), by) ? Urgency.MANY : wanted;
        db.sql("select pg_advisory_xact_lock_shared(:writers)")
                .param("writers", WRITERS)
                .query(rows -> {});
        db.sql(
                        """
                        insert into scheduled_tasks (task_name, task_instance, execution_time,
                            picked, version, priority, lane, turn, urgency, base_id, held)
                        select 'ingest', new.job, :now, false, 1, :priority, :lane,
                            next.turn + :step * (new.place - 1), :urgency, d.knowledge_base_id,
                            exists (select from ingest_pause p
                                    where p.knowledge_base_id = d.knowledge_base_id)
                        from (select greatest(%s,
                                  (select max(turn) + :step from scheduled_tasks
                                   where task_name = 'ingest' and lane = :lane)) as turn) next
                        cross join unnest(:jobs) with ordinality as new (job, place)
                        left join document_version v on v.job = new.job::uuid
                        left join document d on d.id = v.document_id
                        on conflict (task_name, task_instance) do nothing
                        """
                                .formatted(NEXT))
                .param("now", at(clock.instant()))
                .param("step", urgency.step())
                .param("lane", lane(by, urgency))
                .param("priority", urgency.priority())
                .param("urgency", urgency.step())
                .param("jobs", jobs.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    /// Takes a job out that nobody has taken, in the caller's transaction.
    void remove(UUID job) {
        db.sql(
                        """
                        delete from scheduled_tasks
                        where task_name = 'ingest' and task_instance = :job and not picked
                        """)
                .param("job", job.toString())
                .update();
    }

    /// Until the end of the caller's transaction nobody else adds jobs.
    void waitForWriters() {
        db.sql("select pg_advisory_xact_lock(:writers)")
                .param("writers", WRITERS)
                .query(rows -> {});
    }

    /// Puts the jobs of a base aside that nobody has taken.
    void hold(KnowledgeBaseId base) {
        db.sql(
                        """
                        update scheduled_tasks set held = true
                        where (task_name, task_instance) in (
                            select task_name, task_instance from scheduled_tasks
                            where task_name = 'ingest' and base_id = :base and not picked
                            for update skip locked)
                        """)
                .param("base", base.value())
                .update();
    }

    /// Puts them back, from the turn on that is next: they have no advantage of having waited.
    void release(KnowledgeBaseId base) {
        db.sql(
                        """
                        update scheduled_tasks t
                        set held = false, turn = t.turn + shift.turns
                        from (select greatest(0, %s - min(turn)) as turns from scheduled_tasks
                              where task_name = 'ingest' and base_id = :base and held) shift
                        where t.task_name = 'ingest' and t.base_id = :base and t.held
                        """
                                .formatted(NEXT))
                .param("now", at(clock.instant()))
                .param("base", base.value())
                .update();
    }

    /// Of those that stand in line: not of what is in work, or put aside. One walk along the line.
    Map<UUID, Timeline.Place> placesOf(Collection<UUID> jobs) {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        Instant now = clock.instant();
        return db
                .sql(
                        """
                        with line as materialized (
                            select task_instance, row_number() over (%1$s)::int - 1 as before
                            from (select * from scheduled_tasks
                                  where task_name = 'ingest' and not picked and not held
                                    and execution_time <= :now
                                  %1$s limit :most) first)
                        select task_instance, t.execution_time, line.before
                        from scheduled_tasks t left join line using (task_instance)
                        where t.task_name = 'ingest' and task_instance = any(:jobs)
                          and not t.picked and not t.held
                        """
                                .formatted("order by turn, urgency, execution_time, task_instance"))
                .param("now", at(now))
                .param("most", MOST_COUNTED)
                .param("jobs", jobs.stream().map(UUID::toString).toArray(String[]::new))
                .query(
                        (row, _) ->
                                Map.entry(
                                        UUID.fromString(row.getString("task_instance")),
                                        place(row, now)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Timeline.Place place(ResultSet row, Instant now) throws SQLException {
        Instant from = row.getObject("execution_time", OffsetDateTime.class).toInstant();
        if (from.isAfter(now)) {
            return new Timeline.Place(0, false, from);
        }
        Integer before = row.getObject("before", Integer.class);
        return new Timeline.Place(before == null ? MOST_COUNTED : before, before == null, null);
    }

    private boolean isMany(int more, String by) {
        return more > FEW
                || db.sql(
                                        """
                                        select count(*) from (
                                            select from scheduled_tasks
                                            where task_name = 'ingest' and lane = :lane
                                            limit :few) there
                                        """)
                                .param("lane", lane(by, Urgency.UPLOAD))
                                .param("few", FEW)
                                .query(Integer.class)
                                .single()
                        >= FEW;
    }

    private static String lane(String by, Urgency urgency) {
        return urgency.name().charAt(0) + ":" + by;
    }

    private static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
