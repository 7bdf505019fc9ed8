package io.zhiwen.evaluate.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a profile was made live.
///
/// @param name null for the one of the settings
/// @param gated whether the golden questions had to allow it
public record LiveSince(@Nullable String name, boolean gated, String by, Instant at) {}
