package io.zhiwen.library;

import java.time.Instant;

/// The work on files is stopped.
///
/// @param whole whether that of all bases is, and not only of one
/// @param reason in words, for people
/// @param by the label of who stopped it
public record Pause(boolean whole, String reason, String by, Instant at) {}
