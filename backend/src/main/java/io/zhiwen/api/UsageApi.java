package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.TokenUsage;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
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
            @Schema(description = "Of the best passage the model was given.")
                    @JsonProperty("knowledge_base_id")
                    UUID base,
            @JsonProperty("prompt_tokens") long promptTokens,
            @JsonProperty("answer_tokens") long answerTokens,
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
                    row.answers());
        }
    }

    private final TokenUsage usage;

    UsageApi(TokenUsage usage) {
        this.usage = usage;
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
