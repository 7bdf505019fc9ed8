package io.zhiwen.ask;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// When and from what an answer is made.
///
/// @param passages looked for at most
/// @param refuseBelow the relevance the best passage needs, 0 to 1; below it nothing is answered
/// @param keepAbove the relevance any other passage needs
/// @param nearest passages shown with a refusal
@Validated
@ConfigurationProperties("zhiwen.answer")
public record AnswerSettings(
        @DefaultValue("8") @Min(1) @Max(50) int passages,
        @DefaultValue("0.12") @DecimalMin("0") @DecimalMax("1") double refuseBelow,
        @DefaultValue("0.03") @DecimalMin("0") @DecimalMax("1") double keepAbove,
        @DefaultValue("3") @Min(0) @Max(20) int nearest) {

    /// What holds when nothing is set.
    public static final AnswerSettings DEFAULT = new AnswerSettings(8, 0.12, 0.03, 3);
}
