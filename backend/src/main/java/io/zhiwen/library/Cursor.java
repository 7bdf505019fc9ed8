package io.zhiwen.library;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;

/// Where a page of a list ends: the place of its last row, so that rows that come or go in between
/// neither repeat nor hide others.
record Cursor(OffsetDateTime at, UUID id) {

    static final Cursor START =
            new Cursor(OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), new UUID(0, 0));

    String write() {
        Instant instant = at.toInstant();
        String text = instant + " " + id;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    static Cursor read(String written) {
        try {
            String text =
                    new String(
                            Base64.getUrlDecoder().decode(written),
                            java.nio.charset.StandardCharsets.US_ASCII);
            int space = text.indexOf(' ');
            return new Cursor(
                    Instant.parse(text.substring(0, space)).atOffset(ZoneOffset.UTC),
                    UUID.fromString(text.substring(space + 1)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a cursor: " + written, e);
        }
    }
}
