package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.evaluate.golden.EvaluationRun;
import io.zhiwen.evaluate.golden.EvaluationRuns;
import io.zhiwen.evaluate.golden.QuestionResult;
import io.zhiwen.evaluate.golden.RunFigures;
import io.zhiwen.evaluate.golden.RunReliability;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Evaluation")
class EvaluationApi {

    private static final String OF_BASE = "/api/v1/knowledge-bases/{id}/evaluation-runs";
    private static final String ONE = "/api/v1/evaluation-runs/{run}";
    private static final int LISTED = 100;

    @Schema(name = "EvaluationRunRequest")
    record Wanted(
            @Schema(description = "Null: the profile of the settings.") @JsonProperty("profile_id")
                    @Nullable UUID profileId) {}

    @Schema(name = "EvaluationFigures", description = "Means from 0 to 1.")
    record FiguresJson(
            @JsonProperty("hit@1") double hit1,
            @JsonProperty("recall@5") double recall5,
            @JsonProperty("recall@10") double recall10,
            @JsonProperty("mrr@10") double mrr10,
            @JsonProperty("ndcg@10") double ndcg10,
            @JsonProperty("false_refusals") double falseRefusals,
            @JsonProperty("false_answers") double falseAnswers,
            @JsonProperty("p50_ms") double p50,
            @JsonProperty("p95_ms") double p95) {

        static @Nullable FiguresJson of(@Nullable RunFigures of) {
            return of == null
                    ? null
                    : new FiguresJson(
                            of.hit1(),
                            of.recall5(),
                            of.recall10(),
                            of.mrr10(),
                            of.ndcg10(),
                            of.falseRefusals(),
                            of.falseAnswers(),
                            of.p50(),
                            of.p95());
        }
    }

    @Schema(name = "EvaluationRun")
    record RunJson(
            UUID id,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
            @JsonProperty("profile_id") @Nullable UUID profileId,
            @JsonProperty("profile_name") String profileName,
            @Schema(description = "running, done or failed.") String state,
            int questions,
            int done,
            @Schema(description = "Null until it is done.") @Nullable FiguresJson figures,
            @JsonProperty("started_at") Instant startedAt,
            @JsonProperty("ended_at") @Nullable Instant endedAt) {

        static RunJson of(EvaluationRun run) {
            return new RunJson(
                    run.id(),
                    run.base().value(),
                    run.profile(),
                    run.profileName(),
                    run.state().word(),
                    run.questions(),
                    run.done(),
                    FiguresJson.of(run.figures()),
                    run.startedAt(),
                    run.endedAt());
        }
    }

    @Schema(name = "EvaluationResult")
    record ResultJson(
            @JsonProperty("golden_question_id") UUID question,
            @JsonProperty("question") String text,
            boolean answerable,
            boolean refused,
            @Schema(description = "Of the expected passage, from 1; null when it was not found.")
                    @Nullable Integer rank,
            double relevance) {

        static ResultJson of(QuestionResult one) {
            return new ResultJson(
                    one.question(),
                    one.text(),
                    one.answerable(),
                    one.refused(),
                    one.measured().rank(),
                    one.measured().relevance());
        }
    }

    @Schema(name = "ReliabilityBin", description = "Passages of like relevance.")
    record BinJson(
            double from,
            double to,
            int passages,
            @Schema(description = "Their relevance, on average.") double predicted,
            @Schema(description = "Share of them that is right.") double right) {}

    @Schema(name = "RefusalPoint", description = "What a threshold of relevance would do.")
    record PointJson(
            double threshold,
            @JsonProperty("false_answers") double falseAnswers,
            @JsonProperty("false_refusals") double falseRefusals) {}

    @Schema(name = "EvaluationReliability")
    record ReliabilityJson(
            @Schema(description = "Of relevance from 0 to 1, without empty ones.")
                    List<BinJson> bins,
            int passages,
            @JsonProperty("expected_calibration_error") double error,
            @Schema(description = "Empty when all questions have an answer, or none has.")
                    List<PointJson> refusal) {

        static ReliabilityJson of(RunReliability run) {
            return new ReliabilityJson(
                    run.reliability().bins().stream()
                            .map(
                                    bin ->
                                            new BinJson(
                                                    bin.from(),
                                                    bin.to(),
                                                    bin.count(),
                                                    bin.predicted(),
                                                    bin.right()))
                            .toList(),
                    run.reliability().passages(),
                    run.reliability().error(),
                    run.refusal().stream()
                            .map(
                                    point ->
                                            new PointJson(
                                                    point.threshold(),
                                                    point.falseAnswers(),
                                                    point.falseRefusals()))
                            .toList());
        }
    }

    @Schema(name = "EvaluationRuns")
    record Runs(List<RunJson> items) {}

    @Schema(name = "EvaluationResults")
    record Results(List<ResultJson> items) {}

    private final EvaluationRuns runs;
    private final RetrievalProfiles profiles;

    EvaluationApi(EvaluationRuns runs, RetrievalProfiles profiles) {
        this.runs = runs;
        this.profiles = profiles;
    }

    @PostMapping(OF_BASE)
    @Operation(
            summary = "Ask all golden questions of a base",
            description = "Returns at once; look at the run until its state is done.")
    ResponseEntity<RunJson> start(
            Principal principal, @PathVariable UUID id, @RequestBody Wanted wanted) {
        var base = new KnowledgeBaseId(id);
        runs.of(principal, base, 1);
        var profile =
                profiles.find(principal, wanted.profileId())
                        .orElseThrow(() -> new NotThere("retrieval profile"));
        var run = runs.start(principal, base, profile);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/evaluation-runs/" + run.id()))
                .body(RunJson.of(run));
    }

    @GetMapping(OF_BASE)
    @Operation(summary = "List the newest runs of a base")
    Runs list(Principal principal, @PathVariable UUID id) {
        return new Runs(
                runs.of(principal, new KnowledgeBaseId(id), LISTED).stream()
                        .map(RunJson::of)
                        .toList());
    }

    @GetMapping(ONE)
    @Operation(summary = "Look at a run")
    RunJson get(Principal principal, @PathVariable UUID run) {
        return runs.find(principal, run)
                .map(RunJson::of)
                .orElseThrow(() -> new NotThere("evaluation run"));
    }

    @GetMapping(ONE + "/reliability")
    @Operation(
            summary = "How far the relevance of a run can be relied on",
            description =
                    "Of the first ten passages of each question: how many are right, by relevance;"
                            + " and what each threshold of refusal would do.")
    ReliabilityJson reliability(Principal principal, @PathVariable UUID run) {
        get(principal, run);
        return ReliabilityJson.of(RunReliability.of(runs.results(principal, run)));
    }

    @GetMapping(ONE + "/results")
    @Operation(summary = "What came of each question of a run")
    Results results(Principal principal, @PathVariable UUID run) {
        get(principal, run);
        return new Results(runs.results(principal, run).stream().map(ResultJson::of).toList());
    }
}
