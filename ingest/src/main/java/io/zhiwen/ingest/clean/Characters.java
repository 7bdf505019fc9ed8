package io.zhiwen.ingest.clean;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Set;

/// Takes out of a text what no reader sees: control, bidi, tag and zero-width characters. Joiners
/// stay where their script needs them.
final class Characters {

    private static final Set<UnicodeScript> JOINED =
            Set.of(
                    UnicodeScript.ARABIC,
                    UnicodeScript.SYRIAC,
                    UnicodeScript.MONGOLIAN,
                    UnicodeScript.DEVANAGARI,
                    UnicodeScript.BENGALI,
                    UnicodeScript.GUJARATI,
                    UnicodeScript.GURMUKHI,
                    UnicodeScript.KANNADA,
                    UnicodeScript.MALAYALAM,
                    UnicodeScript.ORIYA,
                    UnicodeScript.SINHALA,
                    UnicodeScript.TAMIL,
                    UnicodeScript.TELUGU,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR,
                    UnicodeScript.TIBETAN);

    private Characters() {}

    /// NFC, without hidden characters, line ends as `\n`; of other white space only plain spaces
    /// and tabs.
    static String visible(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int before = ' ';
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r') {
                c = i < text.length() && text.charAt(i) == '\n' ? 0 : '\n';
            } else if (c == 0x200C || c == 0x200D) {
                int behind = i < text.length() ? text.codePointAt(i) : ' ';
                c = needsJoiner(before) && needsJoiner(behind) ? c : 0;
            } else {
                c = seen(c);
            }
            if (c != 0) {
                kept.appendCodePoint(c);
                before = c;
            }
        }
        return Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    /// The character as a reader sees it, or 0.
    private static int seen(int c) {
        if (c == '\n' || c == '\t') {
            return c;
        }
        if (c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C || c == 0x85) {
            return '\n';
        }
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> 0;
            default -> c == 0xFFFD || c == 0x2800 || isFiller(c) ? 0 : c;
        };
    }

    /// Letters that show nothing, and selectors no text needs.
    private static boolean isFiller(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c >= 0xE0000;
    }

    private static boolean needsJoiner(int c) {
        return c == 0xFE0F
                || (c >= 0x1F000 && c < 0x20000)
                || (c >= 0x2190 && c < 0x2C00)
                || JOINED.contains(UnicodeScript.of(c));
    }
}
