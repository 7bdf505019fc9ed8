package io.zhiwen.source;

import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Readings of sources, for those who manage their base: asked for, ended, looked back at.
@Component
public class SourceRuns {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;
    private final SourceTable sources;
    private final RunTable table;
    private final Trials trials;
    private final SourceRunner runner;

    SourceRuns(
            JdbcClient db,
            TransactionOperations transaction,
            Audit audit,
            SourceTable sources,
            RunTable table,
            Trials trials,
            SourceRunner runner) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
        this.sources = sources;
        this.table = table;
        this.trials = trials;
        this.runner = runner;
    }

    /// Looks whether the source can be read; up to 20 seconds.
    public Trial test(Principal principal, KnowledgeBaseId base, SourceId id) {
        return trials.of(sources.mustManage(principal, base, id));
    }

    /// Puts a run into the queue.
    ///
    /// @throws SourceRefused when one is in it already, or the source is paused and this is no try
    public UUID ask(Principal principal, KnowledgeBaseId base, SourceId id, Mode mode) {
        SourceRow row = sources.mustManage(principal, base, id);
        if (row.paused() && mode != Mode.TRY) {
            throw new SourceRefused(SourceRefused.Reason.PAUSED);
        }
        UUID run = UUID.randomUUID();
        try {
            transaction.executeWithoutResult(
                    _ -> {
                        db.sql(
                                        """
                                        insert into source_run (id, source_id, mode, asked_by, state)
                                        values (:id, :source, :mode, :by, 'waiting')
                                        """)
                                .param("id", run)
                                .param("source", id.value())
                                .param("mode", mode.word())
                                .param("by", principal.label())
                                .update();
                        audit.record(
                                principal,
                                "source.run",
                                Sources.object(id),
                                Map.of("mode", mode.word()));
                    });
        } catch (DuplicateKeyException e) {
            throw new SourceRefused(SourceRefused.Reason.RUNNING);
        }
        runner.wake();
        return run;
    }

    /// Ends what is in the queue or in work; what was brought so far stays.
    ///
    /// @return whether there was such a run
    public boolean stop(Principal principal, KnowledgeBaseId base, SourceId id) {
        sources.mustManage(principal, base, id);
        return transaction.execute(
                _ -> {
                    int stopped =
                            db.sql(
                                            """
                                            update source_run
                                            set state = 'stopped', finished_at = now()
                                            where source_id = :id and state in ('waiting', 'running')
                                            """)
                                    .param("id", id.value())
                                    .update();
                    if (stopped > 0) {
                        audit.record(principal, "source.stop", Sources.object(id), Map.of());
                    }
                    return stopped > 0;
                });
    }

    /// Newest first.
    public List<RunRow> of(Principal principal, KnowledgeBaseId base, SourceId id, int limit) {
        sources.mustManage(principal, base, id);
        return table.of(id, limit);
    }

    public Optional<RunRow> one(Principal principal, KnowledgeBaseId base, SourceId id, UUID run) {
        sources.mustManage(principal, base, id);
        return table.one(id, run);
    }

    /// What the run did, by address; nothing for a run of another source.
    ///
    /// @param what null for all
    /// @param from how many to leave out
    public List<ReportLine> report(
            Principal principal,
            KnowledgeBaseId base,
            SourceId id,
            UUID run,
            @Nullable What what,
            int from,
            int limit) {
        return one(principal, base, id, run).isEmpty()
                ? List.of()
                : table.report(run, what, from, limit);
    }
}
