package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import java.text.Normalizer;
import java.util.regex.Pattern;

/// Names of people and keys: one line of letters, digits and a few signs.
final class Names {

    private static final Pattern PERSON = Pattern.compile("[\\p{L}\\p{M}\\p{N}._@+\\- ]{1,64}");

    private Names() {}

    /// For looking one up: composed and trimmed, without NUL, which PostgreSQL does not take.
    static String clean(String name) {
        return Normalizer.normalize(name.strip().replace("\0", ""), Normalizer.Form.NFC);
    }

    static String person(String name) {
        var clean = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        if (!PERSON.matcher(clean).matches()) {
            throw new AccountRefused(Reason.NAME_INVALID);
        }
        return clean;
    }

    /// What fits of a name that somebody else gave, with room for a number behind it.
    static String shortened(String name) {
        var fitting =
                clean(name)
                        .codePoints()
                        .filter(c -> PERSON.matcher("x" + Character.toString(c) + "x").matches())
                        .limit(50)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .strip();
        return PERSON.matcher(fitting).matches() ? fitting : "person";
    }

    static String key(String name) {
        var clean = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        if (clean.isEmpty()
                || clean.codePointCount(0, clean.length()) > 100
                || clean.codePoints().anyMatch(Character::isISOControl)) {
            throw new AccountRefused(Reason.NAME_INVALID);
        }
        return clean;
    }
}
