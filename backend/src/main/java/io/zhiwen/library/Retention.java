package io.zhiwen.library;

import java.time.Duration;

/// How long something is kept that is no longer wanted.
///
/// @param deleted the bytes of what was deleted
/// @param attached a file that was attached to a chat
public record Retention(Duration deleted, Duration attached) {}
