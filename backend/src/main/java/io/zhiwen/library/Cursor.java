package io.zhiwen.library;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;

/// Where a page of a list ends: the place of its last row in the order of the list, so that rows
/// that come or go in between neither repeat nor hide others.
///
/// @param key what the list is ordered by: a moment, a text or a count
record Cursor(Listing.Order order, boolean descending, Object key, UUID id) {

    /// Of a row with `id` and `key`.
    static Cursor at(Stretch stretch, ResultSet row) throws SQLException {
        var order = stretch.order();
        Object key =
                switch (order) {
                    case ADDED, UPDATED -> row.getObject("key", OffsetDateTime.class);
                    case NAME -> row.getString("key");
                    case SIZE, PASSAGES -> row.getLong("key");
                };
        return new Cursor(order, stretch.descending(), key, row.getObject("id", UUID.class));
    }

    String write() {
        var said = key instanceof OffsetDateTime moment ? moment.toInstant() : key;
        String text =
                String.join(
                        " ", order.word(), descending ? "down" : "up", id.toString(), "" + said);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws IllegalArgumentException when it is none of a list in this order
    static Cursor read(String written, Stretch stretch) {
        try {
            var parts =
                    new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8)
                            .split(" ", 4);
            var order = Listing.Order.named(parts[0]).orElseThrow();
            boolean descending = parts[1].equals("down");
            if (order != stretch.order() || descending != stretch.descending()) {
                throw new IllegalArgumentException("of another order");
            }
            Object key =
                    switch (order) {
                        case ADDED, UPDATED -> Instant.parse(parts[3]).atOffset(ZoneOffset.UTC);
                        case NAME -> parts[3].replace('\0', ' ');
                        case SIZE, PASSAGES -> Long.valueOf(parts[3]);
                    };
            return new Cursor(order, descending, key, UUID.fromString(parts[2]));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("not a cursor: " + written, e);
        }
    }
}
