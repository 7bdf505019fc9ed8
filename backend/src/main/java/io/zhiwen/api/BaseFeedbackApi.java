package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.BaseFeedback;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What readers think of answers from a base.
@RestController
@Tag(name = "Feedback")
class BaseFeedbackApi {

    @Schema(name = "BaseFeedback")
    record RatedJson(
            UUID id,
            boolean good,
            @Nullable String reason,
            String comment,
            @Schema(description = "The reader's own.") String correction,
            @Schema(description = "What an admin wrote in its place; left out for none.")
                    @Nullable String revision,
            String question,
            String answer,
            boolean refused,
            @Schema(description = "The documents it cites.") List<DocumentRef> documents,
            @JsonProperty("created_at") Instant createdAt) {

        static RatedJson of(Feedback feedback) {
            var verdict = feedback.verdict();
            var reason = verdict.reason();
            var revision = feedback.revision();
            return new RatedJson(
                    feedback.id(),
                    verdict.good(),
                    reason == null ? null : reason.code(),
                    verdict.comment(),
                    verdict.correction(),
                    revision == null ? null : revision.text(),
                    feedback.question(),
                    feedback.text(),
                    feedback.refused(),
                    feedback.sources().stream()
                            .map(source -> new DocumentRef(source.document(), source.name()))
                            .distinct()
                            .toList(),
                    feedback.at());
        }
    }

    private final BaseFeedback feedback;

    BaseFeedbackApi(BaseFeedback feedback) {
        this.feedback = feedback;
    }

    @GetMapping("/api/v1/knowledge-bases/{id}/feedback")
    @Operation(
            summary = "List what readers think of answers from a base",
            description =
                    "Newest first, without who rated. Of answers that cite other bases too, those"
                            + " that the key manages all bases of.")
    Page<RatedJson> list(
            Principal principal,
            @PathVariable UUID id,
            @RequestParam @Nullable Boolean good,
            @RequestParam @Nullable UUID cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit) {
        var found = feedback.of(principal, new KnowledgeBaseId(id), good, cursor, limit + 1);
        var items = found.stream().limit(limit).map(RatedJson::of).toList();
        return new Page<>(items, found.size() > limit ? items.getLast().id().toString() : null);
    }
}
