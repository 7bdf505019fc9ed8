package io.zhiwen.source.place;

import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// Where documents may be brought from, and how.
///
/// @param folders of this machine that sources may be in or below; none without it
/// @param atOnce sources a node reads at a time
/// @param lease after how long without a sign of life a node is taken for dead and another goes on
/// @param gitSpace of the disk for copies of Git repositories; one that is larger is not read
@Validated
@ConfigurationProperties("zhiwen.sources")
public record SourceSettings(
        @DefaultValue List<Path> folders,
        @DefaultValue("2") @Positive int atOnce,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("2GB") DataSize gitSpace) {

    public SourceSettings {
        folders = List.copyOf(folders);
    }
}
