package io.zhiwen.source;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BroughtDocuments;
import io.zhiwen.library.FolderId;
import io.zhiwen.node.Node;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.SourceSettings;
import io.zhiwen.source.place.SourceUnavailable;
import java.sql.Types;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The queue of runs, as nodes work on it: one node holds a run, for as long as it renews its lease
/// (in the database's time).
@Component
final class Claims {

    /// A run that was taken this often and never ended takes the process down.
    static final int MOST_ATTEMPTS = 20;

    private static final int KEPT_RUNS = 50;

    private final JdbcClient db;
    private final Places places;
    private final Node node;
    private final Duration lease;

    Claims(JdbcClient db, Places places, Node node, SourceSettings settings) {
        this.db = db;
        this.places = places;
        this.node = node;
        this.lease = settings.lease();
    }

    /// Puts what is due into the queue.
    void schedule() {
        db.sql(
                        """
                        with due as (
                            select s.id from source s
                            join knowledge_base b
                                on b.id = s.knowledge_base_id and b.deleted_at is null
                            where s.due_at <= now() and not s.paused and not exists (
                                select 1 from source_run r
                                where r.source_id = s.id and r.state in ('waiting', 'running'))
                            for update of s skip locked),
                        next as (
                            update source s
                            set due_at = now() + make_interval(mins => s.every_minutes)
                            from due where s.id = due.id)
                        insert into source_run (id, source_id, mode, state)
                        select gen_random_uuid(), id, 'sync', 'waiting' from due
                        on conflict do nothing
                        """)
                .update();
    }

    /// Whoever held a run here, or under this node's name, is dead.
    void releaseWhatTheDeadHeld() {
        db.sql(
                        """
                        update source_run set lease_until = now()
                        where state = 'running' and (:alone or node = :node)
                        """)
                .param("alone", node.alone())
                .param("node", node.name())
                .update();
    }

    /// The next run that nobody works on.
    Optional<Claim> take() {
        return db.sql(
                        """
                        with next as (
                            select r.id from source_run r
                            join source s on s.id = r.source_id
                            join knowledge_base b
                                on b.id = s.knowledge_base_id and b.deleted_at is null
                            where r.state = 'waiting'
                               or r.state = 'running' and r.lease_until <= now()
                            order by r.asked_at limit 1
                            for update of r skip locked)
                        update source_run r
                        set state = 'running', node = :node, attempt = r.attempt + 1,
                            started_at = coalesce(r.started_at, now()),
                            lease_until = now() + make_interval(secs => :lease)
                        from next, source s
                        where r.id = next.id and s.id = r.source_id
                        returning r.id, r.attempt, r.mode, s.id as source, s.kind, s.name,
                            s.knowledge_base_id, s.folder_id
                        """)
                .param("node", node.name())
                .param("lease", lease.toSeconds())
                .query(
                        (row, _) -> {
                            UUID folder = row.getObject("folder_id", UUID.class);
                            return new Claim(
                                    row.getObject("id", UUID.class),
                                    row.getInt("attempt"),
                                    new SourceId(row.getObject("source", UUID.class)),
                                    Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                                    row.getString("kind"),
                                    new BroughtDocuments.Into(
                                            new KnowledgeBaseId(
                                                    row.getObject("knowledge_base_id", UUID.class)),
                                            folder == null ? null : new FolderId(folder),
                                            "source:" + row.getString("name")));
                        })
                .optional();
    }

    /// @throws SourceUnavailable when its secrets cannot be opened
    Place place(SourceId source) throws SourceUnavailable {
        record Row(String place, byte @Nullable [] sealed) {}
        Row row =
                db.sql("select place, sealed from source where id = :id")
                        .param("id", source.value())
                        .query((r, _) -> new Row(r.getString(1), r.getBytes(2)))
                        .optional()
                        .orElseThrow(() -> new NoSuchSource(source));
        return places.whole(source, row.place(), row.sealed());
    }

    /// @param same things so far that are as they were
    /// @return false when the run is not this node's any more
    boolean renew(Claim claim, int same) {
        return db.sql(
                                """
                                update source_run
                                set lease_until = now() + make_interval(secs => :lease), same = :same
                                where id = :run and attempt = :attempt and state = 'running'
                                """)
                        .param("lease", lease.toSeconds())
                        .param("same", same)
                        .param("run", claim.run())
                        .param("attempt", claim.attempt())
                        .update()
                == 1;
    }

    /// Keeps the run this node's until the transaction has ended.
    ///
    /// @throws RunLost when it is not
    void hold(Claim claim) {
        Integer _ =
                db.sql(
                                """
                        select 1 from source_run
                        where id = :run and attempt = :attempt and state = 'running' for share
                        """)
                        .param("run", claim.run())
                        .param("attempt", claim.attempt())
                        .query(Integer.class)
                        .optional()
                        .orElseThrow(() -> new RunLost(claim));
    }

    /// What an earlier attempt of this run has told already.
    Set<String> told(Claim claim) {
        return new HashSet<>(
                db.sql("select address from source_report where run_id = :run")
                        .param("run", claim.run())
                        .query(String.class)
                        .list());
    }

    void tell(
            Claim claim,
            String address,
            What what,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable DocumentId document) {
        db.sql(
                        """
                        insert into source_report (run_id, address, what, reason, detail,
                            document_id)
                        values (:run, :address, :what, :reason, :detail, :document)
                        on conflict (run_id, address) do update set what = excluded.what,
                            reason = excluded.reason, detail = excluded.detail,
                            document_id = excluded.document_id
                        """)
                .param("run", claim.run())
                .param("address", address)
                .param("what", what.word())
                .param("reason", reason == null ? null : reason.name(), Types.VARCHAR)
                .param("detail", detail == null ? null : detail.replace('\0', ' '), Types.VARCHAR)
                .param("document", document == null ? null : document.value(), Types.OTHER)
                .update();
    }

    /// The end of it, and of reports that are too many.
    void end(
            Claim claim, boolean well, int same, @Nullable String reason, @Nullable String detail) {
        db.sql(
                        """
                        update source_run set state = :state, finished_at = now(), same = :same,
                            reason = :reason, detail = :detail, lease_until = null
                        where id = :run and attempt = :attempt and state = 'running'
                        """)
                .param("state", well ? "done" : "failed")
                .param("same", same)
                .param("reason", reason, Types.VARCHAR)
                .param("detail", detail == null ? null : detail.replace('\0', ' '), Types.VARCHAR)
                .param("run", claim.run())
                .param("attempt", claim.attempt())
                .update();
        db.sql(
                        """
                        delete from source_run where id in (
                            select id from source_run where source_id = :source
                            order by asked_at desc, id offset :kept)
                        """)
                .param("source", claim.source().value())
                .param("kept", KEPT_RUNS)
                .update();
    }

    /// Another node, or the next start, goes on at once.
    void giveBack(List<Claim> claims) {
        for (Claim claim : claims) {
            db.sql(
                            """
                            update source_run set lease_until = now()
                            where id = :run and attempt = :attempt and state = 'running'
                            """)
                    .param("run", claim.run())
                    .param("attempt", claim.attempt())
                    .update();
        }
    }
}
