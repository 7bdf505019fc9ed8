package io.zhiwen.ask.prompt;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How much is sent to the model; all in estimated tokens.
///
/// @param contextTokens what the model server holds for one request, question and answer together
/// @param passageTokens for all passages together
/// @param sectionTokens for one passage grown to its section
/// @param historyTokens for earlier turns
@Validated
@ConfigurationProperties("zhiwen.prompt")
public record PromptSettings(
        @DefaultValue("8192") @Min(512) @Max(2_000_000) int contextTokens,
        @DefaultValue("3500") @Min(100) @Max(1_000_000) int passageTokens,
        @DefaultValue("900") @Min(50) @Max(100_000) int sectionTokens,
        @DefaultValue("1000") @Min(0) @Max(100_000) int historyTokens) {}
