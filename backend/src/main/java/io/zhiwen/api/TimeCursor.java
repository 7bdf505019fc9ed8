package io.zhiwen.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/// Where a page of a list ended that has the newest first: the time and id of its last row, so that
/// rows made or deleted meanwhile neither repeat nor skip others.
record TimeCursor(Instant at, UUID id) {

    String write() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    static TimeCursor read(String cursor) {
        try {
            var parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
                            .split(" ", 2);
            return new TimeCursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-cursor",
                    "Pass back next_cursor as it came.",
                    "cursor");
        }
    }
}
