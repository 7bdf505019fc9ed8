package io.zhiwen.library;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What may be uploaded.
///
/// @param max largest file
@Validated
@ConfigurationProperties("zhiwen.upload")
public record UploadSettings(@DefaultValue("200MB") DataSize max) {}
