package io.zhiwen.ask.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What became of a tiny question an operator had the model answer.
///
/// @param firstToken null when nothing came
/// @param sample the beginning of what it said
/// @param failure null when it answered
public record Trial(
        @Nullable Duration firstToken,
        Duration took,
        String sample,
        LlmFailure.@Nullable Code failure) {}
