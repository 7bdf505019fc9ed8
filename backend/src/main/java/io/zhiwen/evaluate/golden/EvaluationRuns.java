package io.zhiwen.evaluate.golden;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.Profile;
import io.zhiwen.evaluate.golden.GoldenRefused.Reason;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.evaluate.profile.StoredProfile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Runs: starts them, one after the other on the node that was asked to, and hands out what came of
/// them. One that loses its node is failed and can be started again. Safe for concurrent use.
@Component
public class EvaluationRuns implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(EvaluationRuns.class);

    private static final String WHAT = "evaluation is for admins";

    private final RunStore store;
    private final GoldenQuestions questions;
    private final RetrievalProfiles profiles;
    private final Asking asking;
    private final Access access;
    private final Audit audit;
    private final ConcurrentLinkedQueue<UUID> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("evaluation").factory());

    EvaluationRuns(
            RunStore store,
            GoldenQuestions questions,
            RetrievalProfiles profiles,
            Asking asking,
            Access access,
            Audit audit) {
        this.store = store;
        this.questions = questions;
        this.profiles = profiles;
        this.asking = asking;
        this.access = access;
        this.audit = audit;
    }

    /// Returns at once; the questions are asked afterwards.
    ///
    /// @throws GoldenRefused when the base has no golden questions
    public EvaluationRun start(Principal principal, KnowledgeBaseId base, StoredProfile profile) {
        List<GoldenQuestion> asked = questions.of(principal, base);
        if (asked.isEmpty()) {
            throw GoldenRefused.because(Reason.NO_QUESTIONS);
        }
        UUID id = UUID.randomUUID();
        store.begin(id, base, profile, asked.size(), principal.label());
        audit.record(
                principal,
                "evaluation.run",
                "evaluation-run:" + id,
                Map.of("base", base.toString(), "profile", profile.name()));
        waiting.add(id);
        try {
            thread.execute(() -> run(principal, id, base, asked, profiles.of(profile)));
        } catch (RejectedExecutionException _) {
            store.failed(id);
        }
        return find(principal, id).orElseThrow();
    }

    /// Newest first.
    public List<EvaluationRun> of(Principal principal, KnowledgeBaseId base, int limit) {
        access.chosenBy(principal, List.of(base));
        NotAllowed.unlessAdmin(principal, WHAT);
        return store.of(base, limit);
    }

    public Optional<EvaluationRun> find(Principal principal, UUID id) {
        return store.find(id)
                .filter(run -> access.everythingFor(principal).allows(run.base()))
                .filter(
                        _ -> {
                            NotAllowed.unlessAdmin(principal, WHAT);
                            return true;
                        });
    }

    /// In the order they were asked; so far, while it runs.
    public List<QuestionResult> results(Principal principal, UUID run) {
        return find(principal, run).map(one -> store.results(one.id())).orElse(List.of());
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }

    private void run(
            Principal principal,
            UUID id,
            KnowledgeBaseId base,
            List<GoldenQuestion> asked,
            Profile profile) {
        try {
            List<QuestionResult> results = new ArrayList<>();
            for (GoldenQuestion question : asked) {
                var scope = access.chosenBy(principal, List.of(base));
                QuestionResult result = asking.ask(question, scope, profile);
                store.seen(List.copyOf(waiting));
                if (!store.add(id, results.size(), result)) {
                    return;
                }
                results.add(result);
            }
            store.done(id, RunFigures.of(results));
        } catch (RuntimeException e) {
            log.warn("a run of golden questions broke off", e);
            store.failed(id);
        } finally {
            waiting.remove(id);
        }
    }
}
