package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Stops the work on files and lets it go on: of one base by who manages it, of all by an admin.
/// What
/// is in work is finished; what comes in is kept and stands in line.
@Component
public class Pauses {

    private static final int LONGEST_REASON = 300;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Audit audit;
    private final Line line;
    private final Jobs jobs;

    Pauses(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Audit audit,
            Line line,
            Jobs jobs) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.audit = audit;
        this.line = line;
        this.jobs = jobs;
    }

    /// Why nothing of the base is taken into work now: the pause of all, or its own. For whoever
    /// may
    /// see the base; rights are the caller's.
    public Optional<Pause> of(KnowledgeBaseId base) {
        return db.sql(
                        """
                        select * from ingest_pause
                        where knowledge_base_id = :base or knowledge_base_id is null
                        order by knowledge_base_id nulls first limit 1
                        """)
                .param("base", base.value())
                .query((row, _) -> pause(row))
                .optional();
    }

    /// Of all bases.
    public Optional<Pause> whole() {
        return db.sql("select * from ingest_pause where knowledge_base_id is null")
                .query((row, _) -> pause(row))
                .optional();
    }

    /// Whoever pauses what is paused says the reason anew.
    ///
    /// @throws IllegalArgumentException when the reason has not 1 to 300 characters
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal does not manage it
    public void pause(Principal who, KnowledgeBaseId base, String reason) {
        access.require(who, base, Right.MANAGE);
        begin(who, base, reason);
    }

    /// @throws IllegalArgumentException when the reason has not 1 to 300 characters
    /// @throws NotAllowed when the principal is no admin
    public void pauseAll(Principal who, String reason) {
        NotAllowed.unlessAdmin(who, "pause the work");
        begin(who, null, reason);
    }

    /// @return whether it was paused
    /// @throws NoSuchKnowledgeBase when the base is not there for the principal
    /// @throws NotAllowed when the principal does not manage it
    public boolean resume(Principal who, KnowledgeBaseId base) {
        access.require(who, base, Right.MANAGE);
        return end(who, base);
    }

    /// @return whether it was paused
    /// @throws NotAllowed when the principal is no admin
    public boolean resumeAll(Principal who) {
        NotAllowed.unlessAdmin(who, "resume the work");
        return end(who, null);
    }

    private void begin(Principal who, @Nullable KnowledgeBaseId base, String reason) {
        String said = reason.replace('\0', ' ').strip();
        if (said.isEmpty() || said.length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "a reason has 1 to " + LONGEST_REASON + " characters");
        }
        transaction.executeWithoutResult(
                _ -> {
                    line.waitForWriters();
                    db.sql(
                                    """
                                    insert into ingest_pause (knowledge_base_id, reason, paused_by)
                                    values (:base, :reason, :by)
                                    on conflict (knowledge_base_id) do update
                                    set reason = excluded.reason, paused_by = excluded.paused_by
                                    """)
                            .param("base", id(base), Types.OTHER)
                            .param("reason", said)
                            .param("by", who.label())
                            .update();
                    if (base != null) {
                        line.hold(base);
                    }
                    audit.record(who, "work.pause", object(base), Map.of("reason", said));
                });
    }

    private boolean end(Principal who, @Nullable KnowledgeBaseId base) {
        return transaction.execute(
                _ -> {
                    line.waitForWriters();
                    boolean was =
                            db.sql(
                                                    """
                                                    delete from ingest_pause
                                                    where knowledge_base_id is not distinct from :base
                                                    """)
                                            .param("base", id(base), Types.OTHER)
                                            .update()
                                    == 1;
                    if (was) {
                        if (base != null) {
                            line.release(base);
                        }
                        jobs.lookAfterCommit();
                        audit.record(who, "work.resume", object(base), Map.of());
                    }
                    return was;
                });
    }

    private static @Nullable UUID id(@Nullable KnowledgeBaseId base) {
        return base == null ? null : base.value();
    }

    private static String object(@Nullable KnowledgeBaseId base) {
        return base == null ? "installation" : Bases.object(base);
    }

    private static Pause pause(ResultSet row) throws SQLException {
        return new Pause(
                row.getObject("knowledge_base_id") == null,
                row.getString("reason"),
                row.getString("paused_by"),
                row.getObject("paused_at", OffsetDateTime.class).toInstant());
    }
}
