package io.zhiwen.library;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What may be uploaded.
///
/// @param max largest file
/// @param reserve free space that uploads leave on the disk; below it none is taken
/// @param keepAttached how long a file that was attached to a chat is kept
@Validated
@ConfigurationProperties("zhiwen.upload")
public record UploadSettings(
        @DefaultValue("200MB") DataSize max,
        @DefaultValue("1GB") DataSize reserve,
        @DefaultValue("7d") Duration keepAttached) {}
