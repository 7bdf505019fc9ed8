package io.zhiwen.source.place;

import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Where documents may be brought from, and how.
///
/// @param folders of this machine that sources may be in or below; none without it
/// @param atOnce sources a node reads at a time
/// @param lease after how long without a sign of life a node is taken for dead and another goes on
@Validated
@ConfigurationProperties("zhiwen.sources")
public record SourceSettings(
        @DefaultValue List<Path> folders,
        @DefaultValue("2") @Positive int atOnce,
        @DefaultValue("60s") Duration lease) {

    public SourceSettings {
        folders = List.copyOf(folders);
    }
}
