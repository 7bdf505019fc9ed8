package io.zhiwen.settings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What holds now.
///
/// @param changedBy who changed it last, where the database says it
public record SettingRow(
        Setting setting,
        String value,
        Source source,
        @Nullable String changedBy,
        @Nullable Instant changedAt) {}
