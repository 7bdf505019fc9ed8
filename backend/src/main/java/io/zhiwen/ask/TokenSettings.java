package io.zhiwen.ask;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param perDay tokens a person or an API key may use of chat models on one day (UTC), read and
/// written together; past them the passages answer. 0 for no limit
@Validated
@ConfigurationProperties("zhiwen.tokens")
record TokenSettings(@DefaultValue("0") @PositiveOrZero long perDay) {}
