package io.zhiwen.account;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How often one caller may come in a minute, over all nodes; 0 for as often as they like. Calls
/// come back one by one, so a minute's worth may be used at once.
///
/// @param requests of a key, and searches of a person
/// @param questions of a key or a person
/// @param uploads of a key or a person
/// @param strangers requests to the interfaces for services without a good key, of one address
@Validated
@ConfigurationProperties("zhiwen.limits")
public record LimitSettings(
        @DefaultValue("1200") @PositiveOrZero int requests,
        @DefaultValue("120") @PositiveOrZero int questions,
        @DefaultValue("1200") @PositiveOrZero int uploads,
        @DefaultValue("120") @PositiveOrZero int strangers) {}
