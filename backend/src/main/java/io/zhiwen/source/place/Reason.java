package io.zhiwen.source.place;

import java.util.Locale;

/// Why a thing was not brought, or nothing was taken away. Pages say it under the key
/// `source.reason.<code>`.
public enum Reason {
    EMPTY,
    TOO_LARGE,
    STILL_WRITTEN,
    LINK_OUTSIDE,
    /// A symbolic link, which is never followed there.
    LINK,
    /// A submodule.
    OTHER_REPOSITORY,
    /// Its bytes are in the large file storage of Git.
    LFS,
    UNREADABLE,
    LONG_ADDRESS,
    /// Control characters, or steps upwards.
    ODD_ADDRESS,
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
    /// As much is gone, and as much is new: a dry run does not know whether it is the same.
    GONE_OR_RENAMED,
    NOTHING_LISTED;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// As the database has it.
    public static Reason named(String name) {
        return valueOf(name);
    }
}
