package io.zhiwen.library;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What may be uploaded.
///
/// @param reserve free space that uploads leave on the disk; below it none is taken
@Validated
@ConfigurationProperties("zhiwen.upload")
public record UploadSettings(@DefaultValue("1GB") DataSize reserve) {}
