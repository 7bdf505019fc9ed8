package io.zhiwen.source.place;

import java.util.Locale;

/// Why a thing was not brought, or nothing was taken away. Pages say it under the key
/// `source.reason.<code>`.
public enum Reason {
    EMPTY,
    TOO_LARGE,
    STILL_WRITTEN,
    LINK_OUTSIDE,
    UNREADABLE,
    LONG_ADDRESS,
    TOO_MANY,
    TOO_DEEP,
    DELETED_HERE,
    /// The site asks that it not be read.
    ROBOTS,
    /// It leads to another site.
    ELSEWHERE,
    REFUSED_THERE,
    /// Too much of it is gone at once to be believed.
    GONE_IN_BULK,
    NOTHING_LISTED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// As the database has it.
    public static Reason named(String name) {
        return valueOf(name);
    }
}
