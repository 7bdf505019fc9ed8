package io.zhiwen.account;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a key is made for.
public enum KeyScope {
    SEARCH,
    ASK,
    UPLOAD,
    MANAGE;

    /// What keys are for unless an admin says otherwise.
    public static final Set<KeyScope> USUAL = Set.of(SEARCH, ASK, UPLOAD);

    public static final Set<KeyScope> ALL = Set.of(values());

    /// As the database and the forms write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for a word that is none of ours.
    public static Optional<KeyScope> named(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }

    static Set<KeyScope> of(String[] words) {
        var scopes = EnumSet.noneOf(KeyScope.class);
        for (var word : words) {
            scopes.add(valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return Set.copyOf(scopes);
    }

    /// What a key of these scopes may do in its bases.
    static Set<Right> rights(Collection<KeyScope> scopes) {
        var rights = EnumSet.noneOf(Right.class);
        for (var scope : scopes) {
            switch (scope) {
                case SEARCH -> rights.add(Right.READ);
                case ASK -> rights.add(Right.ASK);
                case UPLOAD -> rights.add(Right.UPLOAD);
                case MANAGE -> {
                    rights.add(Right.EDIT);
                    rights.add(Right.MANAGE);
                }
            }
        }
        return rights;
    }
}
