package io.zhiwen.account;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a grant makes of somebody in a base; each role has all that the one before it has.
public enum BaseRole {
    READER(EnumSet.of(Right.READ, Right.ASK)),
    EDITOR(EnumSet.of(Right.READ, Right.ASK, Right.UPLOAD, Right.EDIT)),
    MANAGER(EnumSet.allOf(Right.class));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<Right> rights;

    BaseRole(EnumSet<Right> rights) {
        this.rights = Set.copyOf(rights);
    }

    public Set<Right> rights() {
        return rights;
    }

    /// As the database, the API and the message keys write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for a word that is none of ours.
    public static Optional<BaseRole> named(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    static BaseRole of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    BaseRole orHigher(BaseRole other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
