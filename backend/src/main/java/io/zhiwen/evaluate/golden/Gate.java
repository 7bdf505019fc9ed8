package io.zhiwen.evaluate.golden;

import io.zhiwen.account.Principal;
import io.zhiwen.evaluate.profile.ProfileRefused;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.evaluate.profile.StoredProfile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Lets a profile become live only when no golden question gets worse: in each base that has golden
/// questions, the newest run of the profile is compared with the newest one of the live profile.
/// Runs from before a question was changed do not count. Safe for concurrent use.
@Component
public class Gate {

    private static final int LOOKED_AT = 200;

    /// What stands in the way in one base.
    ///
    /// @param worse texts of the questions that get worse; empty when a run is missing
    public record Obstacle(KnowledgeBaseId base, boolean runMissing, List<String> worse) {}

    private final GoldenQuestions questions;
    private final EvaluationRuns runs;
    private final RetrievalProfiles profiles;

    Gate(GoldenQuestions questions, EvaluationRuns runs, RetrievalProfiles profiles) {
        this.questions = questions;
        this.runs = runs;
        this.profiles = profiles;
    }

    /// Empty: nothing does.
    public List<Obstacle> obstacles(Principal principal, StoredProfile candidate) {
        StoredProfile live = profiles.live(principal);
        List<Obstacle> obstacles = new ArrayList<>();
        if (live.values().equals(candidate.values())) {
            return obstacles;
        }
        for (UUID base : questions.counts(principal).keySet()) {
            obstacle(principal, new KnowledgeBaseId(base), live, candidate)
                    .ifPresent(obstacles::add);
        }
        return obstacles;
    }

    /// @throws ProfileRefused when golden questions stand in the way
    public void makeLive(Principal principal, StoredProfile candidate, boolean gated) {
        if (gated) {
            List<Obstacle> obstacles = obstacles(principal, candidate);
            if (!obstacles.isEmpty()) {
                throw ProfileRefused.gate(
                        String.join("; ", obstacles.stream().map(Gate::sentence).toList()));
            }
        }
        profiles.makeLive(principal, candidate, gated);
    }

    private Optional<Obstacle> obstacle(
            Principal principal,
            KnowledgeBaseId base,
            StoredProfile live,
            StoredProfile candidate) {
        Optional<EvaluationRun> before = newest(principal, base, live);
        Optional<EvaluationRun> after = newest(principal, base, candidate);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.of(new Obstacle(base, true, List.of()));
        }
        List<String> worse =
                Comparison.of(
                                runs.results(principal, before.get().id()),
                                runs.results(principal, after.get().id()))
                        .with(Comparison.Verdict.WORSE)
                        .stream()
                        .map(row -> row.after().text())
                        .toList();
        return worse.isEmpty() ? Optional.empty() : Optional.of(new Obstacle(base, false, worse));
    }

    private Optional<EvaluationRun> newest(
            Principal principal, KnowledgeBaseId base, StoredProfile profile) {
        List<GoldenQuestion> now = questions.of(principal, base);
        return runs.of(principal, base, LOOKED_AT).stream()
                .filter(run -> run.state() == EvaluationRun.State.DONE)
                .filter(run -> run.values().equals(profile.values()))
                .filter(
                        run ->
                                now.stream()
                                        .noneMatch(one -> one.updatedAt().isAfter(run.startedAt())))
                .findFirst();
    }

    private static String sentence(Obstacle obstacle) {
        return obstacle.runMissing()
                ? "base " + obstacle.base() + " has no current run of both profiles"
                : "in base " + obstacle.base() + " worse: " + String.join(", ", obstacle.worse());
    }
}
