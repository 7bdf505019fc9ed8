package io.zhiwen.curate.dashboard;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Some days, in the server's time zone, in steps of a day or, when they are many, of a week.
///
/// @param to included
public record Period(LocalDate from, LocalDate to) {

    /// As many as are shown at once.
    public static final int LONGEST = 732;

    private static final int SINGLE = 92;
    private static final int WEEK = 7;

    public Period {
        if (to.isBefore(from) || from.plusDays(LONGEST).isBefore(to)) {
            throw new IllegalArgumentException("not a period: " + from + " to " + to);
        }
    }

    /// The last days, today included.
    public static Period last(int days, LocalDate today) {
        return new Period(today.minusDays(days - 1L), today);
    }

    static ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /// Whether each step is a week; the last one may be cut short.
    public boolean inWeeks() {
        return days() > SINGLE;
    }

    public int days() {
        return (int) ChronoUnit.DAYS.between(from, to) + 1;
    }

    int step() {
        return inWeeks() ? WEEK : 1;
    }

    /// The first day of each step.
    public List<LocalDate> steps() {
        List<LocalDate> steps = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(step())) {
            steps.add(day);
        }
        return steps;
    }

    /// As queries take it: `begin` and the first moment behind it, `end`, and what its steps are
    /// counted by.
    Map<String, Object> parameters() {
        return Map.of(
                "from", from,
                "to", to,
                "step", step(),
                "zone", zone().getId(),
                "begin", start(from),
                "end", start(to.plusDays(1)));
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(zone()).toInstant().atOffset(ZoneOffset.UTC);
    }
}
