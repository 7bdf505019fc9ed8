package io.zhiwen.curate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a list of approved answers is ordered by.
public enum ApprovedOrder {
    ADDED("a.created_at"),
    QUESTION("lower(named.text)"),
    BY("lower(a.approved_by)"),
    EXPIRES("coalesce(a.expires_on, 'infinity')"),
    GIVEN("a.given");

    private final String sql;

    ApprovedOrder(String sql) {
        this.sql = sql;
    }

    String sql(boolean descending) {
        String direction = descending ? " desc" : "";
        return sql + direction + ", a.id" + direction;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the greatest comes first unless asked otherwise.
    public boolean isDescending() {
        return this == ADDED || this == GIVEN;
    }

    /// Empty for a word that is none of ours.
    public static Optional<ApprovedOrder> named(String word) {
        return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
    }
}
