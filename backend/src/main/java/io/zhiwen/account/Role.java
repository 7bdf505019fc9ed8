package io.zhiwen.account;

import java.util.Locale;

/// What a person may do: admins everything, members read the bases granted to them.
public enum Role {
    ADMIN,
    MEMBER;

    /// As the database and the pages write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
