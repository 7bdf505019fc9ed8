package io.zhiwen.search;

import java.util.UUID;

/// The value a document has in a field of its base.
///
/// @param value a text, a `BigDecimal`, a `LocalDate` or a `Boolean`
public record FoundField(UUID field, String name, Object value) {

    /// As it is compared and written in addresses.
    public String text() {
        return value instanceof Boolean yes ? (yes ? "yes" : "no") : value.toString();
    }

    /// Whether there are few values of it, worth counting.
    boolean isCounted() {
        return value instanceof String || value instanceof Boolean;
    }
}
