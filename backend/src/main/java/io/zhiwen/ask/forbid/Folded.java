package io.zhiwen.ask.forbid;

import io.zhiwen.ingest.index.SearchText;
import java.util.regex.Pattern;

/// Texts as rules compare them: case, width, traditional characters, invisible signs and spaces
/// make no difference.
final class Folded {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Cc}&&[^\\s]]");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /// A space between two words of letters is one; beside a Han character it means nothing.
    private static final Pattern BESIDE_HAN = Pattern.compile("(?<=\\p{IsHan}) | (?=\\p{IsHan})");

    private Folded() {}

    static String of(String text) {
        String visible = INVISIBLE.matcher(text).replaceAll("");
        String spaced = SPACES.matcher(SearchText.words(visible)).replaceAll(" ");
        return BESIDE_HAN.matcher(spaced.strip()).replaceAll("");
    }

    /// Whether a text has a phrase, both folded; never inside a longer word of letters.
    static boolean has(String text, String phrase) {
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            if (isBorder(text, at) && isBorder(text, at + phrase.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBorder(String text, int at) {
        return at == 0
                || at == text.length()
                || !isOfWord(text.codePointBefore(at))
                || !isOfWord(text.codePointAt(at));
    }

    /// Scripts that write no spaces have no words to be inside of.
    private static boolean isOfWord(int c) {
        return Character.isLetterOrDigit(c)
                && switch (Character.UnicodeScript.of(c)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> false;
                    default -> true;
                };
    }
}
