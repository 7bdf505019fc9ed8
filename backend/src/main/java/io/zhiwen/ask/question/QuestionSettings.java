package io.zhiwen.ask.question;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// What is taken as a question.
///
/// @param maxCharacters of one question
@Validated
@ConfigurationProperties("zhiwen.question")
public record QuestionSettings(@DefaultValue("4000") @Min(100) @Max(100_000) int maxCharacters) {}
