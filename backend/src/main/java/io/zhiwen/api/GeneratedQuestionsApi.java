package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.suggest.PassageQuestions;
import io.zhiwen.suggest.PassageQuestions.Limits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/generated-questions")
@Tag(name = "Knowledge bases")
class GeneratedQuestionsApi {

    @Schema(name = "GeneratedQuestionsRequest")
    record Wanted(
            @Min(PassageQuestions.FEWEST_TOKENS)
                    @Max(PassageQuestions.MOST_TOKENS)
                    @JsonProperty("tokens_per_day")
                    int perDay,
            @Min(PassageQuestions.FEWEST_TOKENS)
                    @Max(PassageQuestions.MOST_TOKENS)
                    @JsonProperty("tokens_per_document")
                    int perDocument) {}

    @Schema(name = "GeneratedQuestions")
    record ProgressJson(
            @Schema(
                            allowableValues = {
                                "off",
                                "no-model",
                                "working",
                                "day-used-up",
                                "failed",
                                "documents-used-up",
                                "complete"
                            })
                    String state,
            @Schema(description = "Null when it is off.") @JsonProperty("tokens_per_day")
                    @Nullable Integer perDay,
            @JsonProperty("tokens_per_document") @Nullable Integer perDocument,
            @Schema(description = "That readers may find.") long passages,
            @Schema(description = "How many of them the model has read.") long done,
            @Schema(description = "Today, in UTC.") @JsonProperty("tokens_spent") long spent) {}

    private final PassageQuestions questions;

    GeneratedQuestionsApi(PassageQuestions questions) {
        this.questions = questions;
    }

    @GetMapping
    @Operation(summary = "See how far a model is with the questions of a base's passages")
    ProgressJson get(Principal principal, @PathVariable UUID id) {
        var now = questions.of(principal, new KnowledgeBaseId(id));
        var limits = now.limits();
        return new ProgressJson(
                now.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                limits == null ? null : limits.perDay(),
                limits == null ? null : limits.perDocument(),
                now.passages(),
                now.done(),
                now.spent());
    }

    @PutMapping
    @Operation(
            summary = "Have a model make questions of a base's passages",
            description =
                    "In the background, while the model has nothing else to do and within these"
                            + " limits. Passages are found by them too; they are shown to nobody as a"
                            + " source and never sent with a question.")
    ProgressJson put(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        questions.save(
                principal,
                new KnowledgeBaseId(id),
                new Limits(wanted.perDay(), wanted.perDocument()));
        return get(principal, id);
    }

    @DeleteMapping
    @Operation(
            summary = "Make no more questions of a base's passages",
            description = "And take away those that were made.")
    ResponseEntity<Void> off(Principal principal, @PathVariable UUID id) {
        questions.save(principal, new KnowledgeBaseId(id), null);
        return ResponseEntity.noContent().build();
    }
}
