package io.zhiwen.ingest.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The words of names, cells and questions in the one form in which they are compared: each Han
/// character is a word, Latin words lose the ending of their plural, numbers their separators.
public final class Keys {

    /// Words of the longest name or cell that a question can name.
    public static final int LONGEST = 16;

    /// @param start in the text it was read from
    public record Word(String key, int start, int end) {}

    private Keys() {}

    /// @param folded a text as search folds it
    public static List<Word> words(String folded) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < folded.length()) {
            int c = folded.codePointAt(at);
            int end = at + Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                if (!Character.isIdeographic(c)) {
                    end = endOfWord(folded, at);
                }
                words.add(new Word(key(folded.substring(at, end)), at, end));
            } else if (c == '%') {
                words.add(new Word("%", at, end));
            }
            at = end;
        }
        return words;
    }

    /// A whole text as one key; empty when it has no words or too many to be named.
    public static String of(String folded) {
        List<Word> words = words(folded);
        return words.size() > LONGEST ? "" : joined(words);
    }

    /// Every key that stands in these words.
    public static Set<String> within(List<Word> words) {
        Set<String> keys = new LinkedHashSet<>();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + LONGEST); to++) {
                keys.add(joined(words.subList(from, to)));
            }
        }
        return keys;
    }

    public static String joined(List<Word> words) {
        return words.stream().map(Word::key).collect(Collectors.joining(" "));
    }

    /// Digits and letters part: `3kg` is a number and a unit.
    private static int endOfWord(String text, int start) {
        boolean number = Character.isDigit(text.charAt(start));
        int end = start;
        while (end < text.length()) {
            int c = text.codePointAt(end);
            boolean inside =
                    number
                            ? Character.isDigit(c) || isInsideNumber(text, end)
                            : (Character.isLetter(c) && !Character.isIdeographic(c))
                                    || isApostrophe(text, end);
            if (!inside) {
                break;
            }
            end += Character.charCount(c);
        }
        return Math.max(end, start + Character.charCount(text.codePointAt(start)));
    }

    private static boolean isInsideNumber(String text, int at) {
        return ".,".indexOf(text.charAt(at)) >= 0
                && at + 1 < text.length()
                && Character.isDigit(text.charAt(at + 1));
    }

    private static boolean isApostrophe(String text, int at) {
        return "'’".indexOf(text.charAt(at)) >= 0
                && at + 1 < text.length()
                && Character.isLetter(text.charAt(at + 1));
    }

    private static String key(String word) {
        if (Character.isDigit(word.charAt(0))) {
            return word.replace(",", "");
        }
        String plain = word.replaceFirst("['’]s$", "").replace("'", "").replace("’", "");
        if (plain.length() < 4 || plain.endsWith("ss") || plain.endsWith("us")) {
            return plain;
        }
        if (plain.endsWith("ies")) {
            return plain.substring(0, plain.length() - 3) + "y";
        }
        if (plain.matches(".*(?:x|ch|sh|ss)es")) {
            return plain.substring(0, plain.length() - 2);
        }
        return plain.endsWith("s") && !plain.endsWith("is")
                ? plain.substring(0, plain.length() - 1)
                : plain;
    }
}
