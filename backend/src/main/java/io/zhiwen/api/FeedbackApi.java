package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.Feedbacks;
import io.zhiwen.conversation.feedback.RatedAnswers;
import io.zhiwen.conversation.feedback.Reason;
import io.zhiwen.conversation.feedback.Verdict;
import io.zhiwen.curate.FeedbackApproval;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What services and their users think of answers.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Feedback")
class FeedbackApi {

    private static final String OF_ANSWER = "/answers/{answer}/feedback";
    private static final String CORRECTION = "/feedback/{id}/correction";

    @Schema(name = "FeedbackRequest")
    record Wanted(
            @NotNull @Schema(description = "Thumb up or down.") Boolean good,
            @Schema(
                            description = "Why it is not good.",
                            allowableValues = {
                                "wrong",
                                "incomplete",
                                "sources",
                                "outdated",
                                "unclear",
                                "other"
                            })
                    @Nullable String reason,
            @Size(max = 2000) @Nullable String comment,
            @Schema(description = "What the answer should have said.") @Size(max = 8000)
                    @Nullable String correction) {

        Verdict verdict() {
            return new Verdict(
                    good,
                    reason == null ? null : Reason.of(reason).orElseThrow(() -> unknown()),
                    comment == null ? "" : comment,
                    correction == null ? "" : correction);
        }

        private static Refused unknown() {
            return new Refused(
                    HttpStatus.BAD_REQUEST, "unknown-reason", "There is no such reason.", "reason");
        }
    }

    @Schema(name = "Feedback")
    record FeedbackJson(
            UUID id,
            @Schema(description = "As `trace_id` in the answer.") @JsonProperty("answer_id")
                    UUID answerId,
            @Schema(example = "user:lin") String reader,
            boolean good,
            @Nullable String reason,
            String comment,
            @Schema(description = "The reader's own.") String correction,
            @Schema(description = "What an admin wrote in its place; left out for none.")
                    @Nullable String revision,
            @JsonProperty("revised_by") @Nullable String revisedBy,
            String question,
            String answer,
            boolean refused,
            @JsonProperty("knowledge_base_ids") List<UUID> bases,
            @Schema(description = "The documents it cites.") List<DocumentRef> documents,
            @JsonProperty("created_at") Instant createdAt) {

        static FeedbackJson of(Feedback feedback) {
            var verdict = feedback.verdict();
            var reason = verdict.reason();
            var revision = feedback.revision();
            return new FeedbackJson(
                    feedback.id(),
                    feedback.answer(),
                    feedback.reader(),
                    verdict.good(),
                    reason == null ? null : reason.code(),
                    verdict.comment(),
                    verdict.correction(),
                    revision == null ? null : revision.text(),
                    revision == null ? null : revision.by(),
                    feedback.question(),
                    feedback.text(),
                    feedback.refused(),
                    feedback.bases().stream().map(KnowledgeBaseId::value).toList(),
                    feedback.sources().stream()
                            .map(source -> new DocumentRef(source.document(), source.name()))
                            .distinct()
                            .toList(),
                    feedback.at());
        }
    }

    @Schema(name = "FeedbackCorrection")
    record Correction(
            @Schema(description = "`[n]` cites the document of that number, as in the answer.")
                    @NotBlank
                    @Size(max = RatedAnswers.LONGEST)
                    String text) {}

    private final Feedbacks feedbacks;
    private final RatedAnswers rated;
    private final FeedbackApproval approval;

    FeedbackApi(Feedbacks feedbacks, RatedAnswers rated, FeedbackApproval approval) {
        this.feedbacks = feedbacks;
        this.rated = rated;
        this.approval = approval;
    }

    @PutMapping(OF_ANSWER)
    @Operation(
            summary = "Rate an answer",
            description =
                    "An answer this key asked for, by the `trace_id` it came with; in the place of"
                            + " an earlier rating. Admins see it with the question and the answer, and,"
                            + " without who rated, those who manage every base it cites.")
    ResponseEntity<Void> rate(
            Principal.Key key, @PathVariable UUID answer, @Valid @RequestBody Wanted wanted) {
        if (!feedbacks.rate(key, answer, wanted.verdict())) {
            throw new NotThere("answer");
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping(OF_ANSWER)
    @Operation(summary = "Take a rating back", description = "Nothing happens if there is none.")
    ResponseEntity<Void> withdraw(Principal.Key key, @PathVariable UUID answer) {
        feedbacks.withdraw(key, answer);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/feedback")
    @Operation(
            summary = "List what readers think of answers",
            description = "Newest first. For keys with all rights.")
    Page<FeedbackJson> list(
            Principal.Key key,
            @RequestParam @Nullable Boolean good,
            @RequestParam @Nullable UUID cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit) {
        var found = feedbacks.list(key, good, cursor, limit + 1);
        var items = found.stream().limit(limit).map(FeedbackJson::of).toList();
        var next = found.size() > limit ? items.getLast().id().toString() : null;
        return new Page<>(items, next);
    }

    @PutMapping(CORRECTION)
    @Operation(
            summary = "Write what an answer should have said",
            description =
                    "In the place of what an admin wrote before; it goes before the reader's own"
                            + " correction, is the chosen side of a pair to train with, and can be"
                            + " approved. For keys with all rights.")
    FeedbackJson correct(
            Principal.Key key, @PathVariable UUID id, @Valid @RequestBody Correction correction) {
        return corrected(key, id, correction.text());
    }

    @DeleteMapping(CORRECTION)
    @Operation(summary = "Take back what an answer should have said")
    FeedbackJson uncorrect(Principal.Key key, @PathVariable UUID id) {
        return corrected(key, id, "");
    }

    @PostMapping("/feedback/{id}/approve")
    @Operation(
            summary = "Give a rated answer from now on",
            description =
                    "As it was corrected, for the question it was asked by, as an approved answer"
                            + " of the base of the first document it cites. For keys with all"
                            + " rights.")
    ResponseEntity<ApprovedAnswersApi.ApprovedJson> approve(
            Principal.Key key, @PathVariable UUID id) {
        var made = approval.approve(key, id).orElseThrow(() -> new NotThere("feedback"));
        return ResponseEntity.created(URI.create("/api/v1/approved-answers/" + made.id()))
                .body(ApprovedAnswersApi.ApprovedJson.of(made));
    }

    private FeedbackJson corrected(Principal.Key key, UUID id, String text) {
        return rated.correct(key, id, text)
                .map(FeedbackJson::of)
                .orElseThrow(() -> new NotThere("feedback"));
    }
}
