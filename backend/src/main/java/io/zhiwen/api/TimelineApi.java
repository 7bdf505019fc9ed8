package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.api.FindingsApi.FindingJson;
import io.zhiwen.ingest.IngestObserver.Stage;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Hold;
import io.zhiwen.library.IngestTry;
import io.zhiwen.library.Library;
import io.zhiwen.library.Timeline;
import io.zhiwen.library.Timelines;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/documents/{id}/timeline")
@Tag(name = "Documents")
class TimelineApi {

    @Schema(name = "Stage")
    record StageJson(
            @Schema(allowableValues = {"parse", "clean", "chunk", "embed", "publish"}) String stage,
            long milliseconds) {}

    @Schema(name = "IngestTry", description = "One worker's piece of work on a version.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TryJson(
            @Schema(description = "The server that did it.") String node,
            @Schema(description = "Since when it stood in line; absent where it was taken over.")
                    @JsonProperty("queued_at")
                    @Nullable Instant queuedAt,
            @JsonProperty("started_at") Instant startedAt,
            @Schema(description = "Absent while it is worked on.") @JsonProperty("ended_at")
                    @Nullable Instant endedAt,
            @Schema(
                            allowableValues = {
                                "running",
                                "ready",
                                "held",
                                "failed",
                                "retried",
                                "postponed",
                                "given-back",
                                "cancelled",
                                "lost"
                            })
                    String outcome,
            @Nullable String reason,
            @Schema(description = "What the worker said, in English.") @Nullable String detail,
            @Schema(description = "Those that were passed.") List<StageJson> stages,
            @Schema(description = "The stage it is in, or in which it ended.")
                    @Nullable String reached,
            @Nullable Integer pages,
            @Schema(description = "How many were stored.") @Nullable Integer chunks,
            @Schema(description = "What was said of the reading.") List<FindingJson> findings) {}

    @Schema(name = "Timeline", description = "How the work on one version went.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TimelineJson(
            int version,
            String status,
            @JsonProperty("uploaded_at") Instant uploadedAt,
            @Schema(description = "Since when it stands in line, while it does.")
                    @JsonProperty("queued_at")
                    @Nullable Instant queuedAt,
            @Schema(
                            description =
                                    "While it stands in line, how many files are taken before it, if"
                                            + " no new ones come between; at most 1000.")
                    @JsonProperty("files_before")
                    @Nullable Integer filesBefore,
            @Schema(description = "When it is tried again, where that is not yet.")
                    @JsonProperty("next_try_at")
                    @Nullable Instant nextTryAt,
            @JsonProperty("finished_at") @Nullable Instant finishedAt,
            @Schema(description = "Oldest first; the last 20.") List<TryJson> tries,
            @Schema(description = "How often it was held for review, oldest first.")
                    List<HoldJson> holds) {}

    @Schema(name = "Hold", description = "That a version was held for review.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record HoldJson(
            @JsonProperty("held_at") Instant heldAt,
            @Schema(description = "Who put it into quarantine; absent for the rules of the base.")
                    @JsonProperty("held_by")
                    @Nullable String heldBy,
            List<QuarantineApi.ReasonJson> reasons,
            @Schema(
                            description = "Absent while nobody has decided.",
                            allowableValues = {"released", "rejected", "superseded"})
                    @Nullable String decision,
            @JsonProperty("decided_at") @Nullable Instant decidedAt,
            @JsonProperty("decided_by") @Nullable String decidedBy,
            @Schema(description = "What whoever decided said.") String note) {}

    @Schema(name = "Timelines")
    record TimelinesJson(List<TimelineJson> items) {}

    private final Timelines timelines;
    private final Library library;
    private final Access access;
    private final MessageSource messages;

    TimelineApi(Timelines timelines, Library library, Access access, MessageSource messages) {
        this.timelines = timelines;
        this.library = library;
        this.access = access;
        this.messages = messages;
    }

    @GetMapping
    @Operation(
            summary = "See how the work on a document went",
            description =
                    "For those who may edit it: of each version, newest first, every try with its"
                            + " stages, how long they took, and why it failed.")
    TimelinesJson timeline(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var document =
                library.document(access.everythingFor(principal), new DocumentId(id))
                        .orElseThrow(() -> new NotThere("document"));
        var language = Sentences.language(headers);
        return timelines
                .of(principal, document.id())
                .map(all -> new TimelinesJson(all.stream().map(t -> json(t, language)).toList()))
                .orElseThrow(() -> new NotAllowed(Right.EDIT + " of " + document.id()));
    }

    private TimelineJson json(Timeline timeline, Locale language) {
        var place = timeline.place();
        return new TimelineJson(
                timeline.version(),
                timeline.status().code(),
                timeline.uploadedAt(),
                timeline.queuedAt(),
                place == null ? null : place.before(),
                place == null ? null : place.from(),
                timeline.finishedAt(),
                timeline.tries().stream().map(each -> json(each, language)).toList(),
                timeline.holds().stream().map(each -> json(each, language)).toList());
    }

    private HoldJson json(Hold hold, Locale language) {
        var decision = hold.decision();
        return new HoldJson(
                hold.at(),
                hold.by(),
                hold.reasons().stream()
                        .map(one -> QuarantineApi.ReasonJson.of(one, messages, language))
                        .toList(),
                decision == null ? null : Sentences.code(decision.name()),
                hold.decidedAt(),
                hold.decidedBy(),
                hold.note());
    }

    private TryJson json(IngestTry each, Locale language) {
        var outcome = each.outcome();
        var code = each.reasonCode();
        var reached = each.reached();
        return new TryJson(
                each.node(),
                each.queuedAt(),
                each.startedAt(),
                each.endedAt(),
                outcome == null ? "running" : Sentences.code(outcome.name()),
                code == null ? null : Sentences.code(code),
                each.reasonDetail(),
                Stream.of(Stage.values())
                        .flatMap(
                                stage ->
                                        Stream.ofNullable(each.stages().get(stage))
                                                .map(
                                                        took ->
                                                                new StageJson(
                                                                        code(stage),
                                                                        took.toMillis())))
                        .toList(),
                reached == null ? null : code(reached),
                each.pages(),
                each.chunks(),
                each.findings().stream()
                        .map(finding -> FindingJson.of(finding, messages, language))
                        .toList());
    }

    private static String code(Stage stage) {
        return Sentences.code(stage.name());
    }
}
