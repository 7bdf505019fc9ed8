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
