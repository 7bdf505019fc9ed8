package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.curate.dashboard.Dashboard;
import io.zhiwen.curate.dashboard.DashboardTable;
import io.zhiwen.curate.dashboard.Figures;
import io.zhiwen.curate.dashboard.Overview;
import io.zhiwen.curate.dashboard.Period;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What was asked and how it went, in figures.
@RestController
@Tag(name = "Operation")
class DashboardApi {

    private static final int USUAL = 30;
    private static final String WHOSE =
            "Of a base for keys that manage it, of everything for keys with all rights. Without"
                    + " days, the last 30.";

    @Schema(name = "Figures")
    record FiguresJson(
            long questions,
            @Schema(description = "How many people and services asked.") long readers,
            long answered,
            long refused,
            @Schema(description = "Answers with a sentence that no source bears out.")
                    long unsupported,
            @Schema(description = "Milliseconds until half of the models' answers began.")
                    @JsonProperty("first_token_ms")
                    @Nullable Integer firstToken,
            @Schema(description = "Until 95 of 100 did.") @JsonProperty("first_token_p95_ms")
                    @Nullable Integer firstTokenMost,
            @JsonProperty("thumbs_up") long good,
            @JsonProperty("thumbs_down") long bad,
            @JsonProperty("prompt_tokens") long promptTokens,
            @JsonProperty("answer_tokens") long answerTokens,
            @JsonProperty("ingest_failures") long failures) {

        static FiguresJson of(Figures figures) {
            var answers = figures.answers();
            return new FiguresJson(
                    answers.questions(),
                    answers.readers(),
                    answers.answered(),
                    answers.refused(),
                    answers.unsupported(),
                    answers.firstToken(),
                    answers.firstTokenMost(),
                    figures.ratings().good(),
                    figures.ratings().bad(),
                    figures.tokens().prompt(),
                    figures.tokens().answer(),
                    figures.failures());
        }
    }

    @Schema(name = "FiguresOfStep")
    record StepJson(LocalDate from, FiguresJson figures) {}

    @Schema(name = "FiguresOfBase")
    record BaseJson(
            @JsonProperty("knowledge_base_id") UUID base, String name, FiguresJson figures) {}

    @Schema(name = "UseOfDocument")
    record UsedJson(
            DocumentRef document,
            @Schema(description = "How many answers rest on it.") long answers) {

        static UsedJson of(Overview.Used used) {
            return new UsedJson(
                    new DocumentRef(used.document().value(), used.name()), used.times());
        }
    }

    @Schema(name = "IngestFailures")
    record FailedJson(String reason, long count) {}

    @Schema(name = "Dashboard")
    record DashboardJson(
            LocalDate from,
            LocalDate to,
            FiguresJson total,
            @Schema(description = "By day; by week when there are more than 92 days.")
                    List<StepJson> steps,
            @Schema(description = "The most asked first; empty when one base was chosen.")
                    @JsonProperty("knowledge_bases")
                    List<BaseJson> bases,
            @JsonProperty("top_documents") List<UsedJson> used,
            @Schema(description = "How many documents no answer rests on.")
                    @JsonProperty("unused_documents")
                    long unused,
            @JsonProperty("ingest_failures") List<FailedJson> failures) {

        static DashboardJson of(Overview overview) {
            return new DashboardJson(
                    overview.period().from(),
                    overview.period().to(),
                    FiguresJson.of(overview.total()),
                    overview.steps().stream()
                            .map(
                                    step ->
                                            new StepJson(
                                                    step.begins(), FiguresJson.of(step.figures())))
                            .toList(),
                    overview.bases().stream()
                            .map(
                                    one ->
                                            new BaseJson(
                                                    one.base().value(),
                                                    one.name(),
                                                    FiguresJson.of(one.figures())))
                            .toList(),
                    overview.used().stream().map(UsedJson::of).toList(),
                    overview.unused(),
                    overview.failures().stream()
                            .map(one -> new FailedJson(one.reason(), one.count()))
                            .toList());
        }
    }

    private final Dashboard dashboard;

    DashboardApi(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    @GetMapping("/api/v1/dashboard")
    @Operation(summary = "See what was asked and how it went", description = WHOSE)
    DashboardJson dashboard(
            Principal principal,
            @RequestParam(name = "knowledge_base_id") @Nullable UUID base,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {
        return DashboardJson.of(dashboard.of(principal, id(base), period(from, to)));
    }

    @GetMapping(path = "/api/v1/dashboard/export", produces = "text/csv")
    @Operation(summary = "Take a table of it along as CSV", description = WHOSE)
    String export(
            Principal principal,
            @Schema(allowableValues = {"days", "bases", "documents", "unused", "failures"})
                    @RequestParam
                    String table,
            @RequestParam(name = "knowledge_base_id") @Nullable UUID base,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to) {
        var chosen =
                DashboardTable.of(table)
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.BAD_REQUEST,
                                                "invalid-request",
                                                "It is days, bases, documents, unused or failures.",
                                                "table"));
        return dashboard.csv(principal, id(base), period(from, to), chosen);
    }

    private Period period(@Nullable LocalDate from, @Nullable LocalDate to) {
        Period usual = dashboard.last(USUAL);
        try {
            return new Period(from == null ? usual.from() : from, to == null ? usual.to() : to);
        } catch (IllegalArgumentException _) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-period",
                    "A period ends after it begins and has at most " + Period.LONGEST + " days.",
                    "from");
        }
    }

    private static @Nullable KnowledgeBaseId id(@Nullable UUID base) {
        return base == null ? null : new KnowledgeBaseId(base);
    }
}
