package io.zhiwen.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.http.HttpStatus;

/// Days and moments as requests write them; days are UTC's.
final class Moments {

    private static final int DAY = "2026-01-01".length();

    private Moments() {}

    static LocalDate day(String written, String member) {
        try {
            return LocalDate.parse(written.strip());
        } catch (DateTimeException _) {
            throw wrong(member, "\"" + written + "\" is no day like 2026-01-31.");
        }
    }

    /// The first moment of a day, or the moment.
    static Instant first(String written, String member) {
        return isDay(written)
                ? day(written, member).atStartOfDay(ZoneOffset.UTC).toInstant()
                : moment(written, member);
    }

    /// The moment behind a day, or the moment.
    static Instant behind(String written, String member) {
        return isDay(written)
                ? day(written, member).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
                : moment(written, member);
    }

    static Refused wrong(String member, String why) {
        return new Refused(HttpStatus.BAD_REQUEST, "invalid-request", why, member);
    }

    private static boolean isDay(String written) {
        return written.strip().length() <= DAY;
    }

    private static Instant moment(String written, String member) {
        try {
            return OffsetDateTime.parse(written.strip()).toInstant();
        } catch (DateTimeException _) {
            throw wrong(
                    member,
                    "\""
                            + written
                            + "\" is no day like 2026-01-31 and no moment like"
                            + " 2026-01-31T09:00:00Z.");
        }
    }
}
