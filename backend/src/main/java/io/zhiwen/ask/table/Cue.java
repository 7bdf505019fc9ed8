package io.zhiwen.ask.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// Words of a question that say what is to be done, and where they stand.
///
/// @param count of those wanted, where it says so
/// @param bound where it bounds numbers
/// @param days where it bounds days
record Cue(Kind kind, int start, int end, int count, @Nullable Bound bound, @Nullable Days days) {

    /// What is to be done.
    enum Kind {
        AVERAGE,
        SUM,
        HIGHEST,
        LOWEST,
        HOW_MANY,
        LIST,
        WHICH,
        EACH,
        COMPARE,
        BOUND,
        PERIOD,
        ROWS
    }

    record Bound(
            @Nullable BigDecimal from,
            boolean above,
            @Nullable BigDecimal to,
            boolean below,
            String unit) {}

    record Days(@Nullable LocalDate from, @Nullable LocalDate to) {}

    Cue(Kind kind, int start, int end) {
        this(kind, start, end, 1, null, null);
    }
}
