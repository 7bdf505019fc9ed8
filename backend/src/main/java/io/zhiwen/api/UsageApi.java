package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.TokenLimits;
import io.zhiwen.ask.TokenUsage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What chat models read and wrote, for whoever pays for it.
@RestController
@Tag(name = "Operation")
class UsageApi {

    @Schema(name = "TokenUsage")
    record UsageJson(
            @Schema(description = "Tokens an asker may use a day; 0 for no limit.")
                    @JsonProperty("limit_per_day")
                    long limit,
            List<RowJson> items) {}

    @Schema(name = "TokenUsageRow")
    record RowJson(
            @Schema(description = "In UTC.") LocalDate day,
            @JsonProperty("asker_id") UUID askerId,
            @Schema(description = "Null when the person or key is gone.")
                    @JsonProperty("asker_name")
                    @Nullable String askerName,
            @Schema(allowableValues = {"user", "key"}) @JsonProperty("asker_kind") String kind,
            @Schema(
                            description =
                                    "Of the best passage; zeros where nothing was found over several.")
                    @JsonProperty("knowledge_base_id")
                    UUID base,
            @JsonProperty("prompt_tokens") long promptTokens,
            @JsonProperty("answer_tokens") long answerTokens,
            @Schema(description = "How many of both no model server counted.")
                    @JsonProperty("estimated_tokens")
                    long estimatedTokens,
            @Schema(description = "Written by a model; what else was asked of it counts as none.")
                    long answers) {

        static RowJson of(TokenUsage.Row row) {
            return new RowJson(
                    row.day(),
                    row.asker(),
                    row.askerName(),
                    row.person() ? "user" : "key",
                    row.base(),
                    row.promptTokens(),
                    row.answerTokens(),
                    row.estimatedTokens(),
                    row.answers());
        }
    }

    @Schema(name = "TokenLimitRequest")
    record Wanted(
            @Schema(description = "A day; null for no limit of its own.")
                    @JsonProperty("tokens_per_day")
                    @Positive
                    @Nullable Long tokens) {}

    @Schema(name = "TokenLimit")
    record LimitJson(
            @Schema(allowableValues = {"user", "base"}) String kind,
            UUID id,
            String name,
            @Schema(description = "Null for no limit of its own.") @JsonProperty("tokens_per_day")
                    @Nullable Long tokens) {}

    private final TokenUsage usage;
    private final TokenLimits limits;

    UsageApi(TokenUsage usage, TokenLimits limits) {
        this.usage = usage;
        this.limits = limits;
    }

    @GetMapping("/api/v1/usage/limits")
    @Operation(
            summary = "List limits of tokens",
            description =
                    "Of every person, and of every knowledge base for all who ask it together."
                            + " Those of keys are with the keys. For keys with all rights.")
    List<LimitJson> limits(Principal.Key key) {
        return limits.all(key).stream()
                .map(one -> new LimitJson(one.of().code(), one.id(), one.name(), one.perDay()))
                .toList();
    }

    @PutMapping("/api/v1/usage/limits/users/{user}")
    @Operation(
            summary = "Limit a person's tokens",
            description = "From the next question on. For keys with all rights.")
    ResponseEntity<Void> limitUser(
            Principal.Key key, @PathVariable UUID user, @Valid @RequestBody Wanted wanted) {
        return set(key, TokenLimits.Of.USER, user, wanted);
    }

    @PutMapping("/api/v1/usage/limits/knowledge-bases/{id}")
    @Operation(
            summary = "Limit a knowledge base's tokens",
            description = "From the next question on. For keys with all rights.")
    ResponseEntity<Void> limitBase(
            Principal.Key key, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        return set(key, TokenLimits.Of.BASE, id, wanted);
    }

    private ResponseEntity<Void> set(Principal.Key key, TokenLimits.Of of, UUID id, Wanted wanted) {
        if (!limits.set(key, of, id, wanted.tokens())) {
            throw new NotThere(of == TokenLimits.Of.USER ? "user" : "knowledge base");
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/usage")
    @Operation(
            summary = "See how many tokens were used",
            description =
                    "By day, asker and knowledge base, as the model servers counted; newest first."
                            + " For keys with all rights.")
    UsageJson usage(
            Principal.Key key, @RequestParam(defaultValue = "30") @Min(1) @Max(366) int days) {
        return new UsageJson(usage.limit(), usage.of(key, days).stream().map(RowJson::of).toList());
    }
}
