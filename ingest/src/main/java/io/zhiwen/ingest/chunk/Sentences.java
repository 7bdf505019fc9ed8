package io.zhiwen.ingest.chunk;

import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds the sentences of Chinese, English and mixed text. Linear in the length of the text.
///
/// A line break always ends a sentence: clean text keeps only those that mean something. The spans
/// are in order, do not overlap, and leave out nothing but white space.
public final class Sentences {

    private static final String FULL_ENDS = "。！？｡";
    private static final String CLOSERS = "”’」』）)]】》〉〗";
    private static final String GOES_ON = ",，、;；:：";

    /// A full stop behind these never ends a sentence.
    private static final Set<String> BEFORE_NAMES =
            Set.of(
                    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "sen", "rep", "gov", "hon", "rev",
                    "capt", "col", "lt", "sgt", "vs", "e.g", "i.e", "cf", "viz", "ca", "approx",
                    "messrs");

    /// A full stop behind these ends no sentence when a number follows.
    private static final Set<String> BEFORE_NUMBERS =
            Set.of(
                    "no", "nos", "fig", "figs", "eq", "eqs", "vol", "vols", "pp", "p", "sec",
                    "secs", "art", "arts", "ch", "chap", "tab", "par", "para", "app", "jan", "feb",
                    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ed");

    /// Words that open a sentence even behind an abbreviation such as `U.S.`
    private static final Set<String> OPENERS =
            Set.of(
                    "the", "a", "an", "it", "in", "this", "that", "these", "those", "he", "she",
                    "they", "we", "you", "however", "but", "and", "for", "if", "on", "as", "at",
                    "when", "while", "there", "its", "our", "their", "to", "by", "with", "after");

    private Sentences() {}

    /// The sentences of `text`, none of them blank, without the white space around them.
    public static List<Span> of(String text) {
        List<Span> sentences = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int end = endAt(text, start, at);
            if (end < 0) {
                at++;
            } else {
                add(sentences, text, start, end);
                start = end;
                at = end;
            }
        }
        add(sentences, text, start, text.length());
        return sentences;
    }

    private static void add(List<Span> sentences, String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            sentences.add(new Span(start, end));
        }
    }

    /// Where the sentence from `start` ends when the character `at` ends it, or -1.
    private static int endAt(String text, int start, int at) {
        char c = text.charAt(at);
        if (isLineBreak(c)) {
            return at + 1;
        }
        if (FULL_ENDS.indexOf(c) >= 0) {
            return unlessItGoesOn(text, behindMarks(text, start, at + 1));
        }
        if (c == '!' || c == '?' || c == '…') {
            return softEnd(text, start, at);
        }
        return c == '.' ? fullStop(text, start, at) : -1;
    }

    /// `!`, `?` and `…` end a sentence before white space, and the first two beside Chinese too.
    private static int softEnd(String text, int start, int at) {
        int end = behindMarks(text, start, at + 1);
        if (end == text.length() || isSpace(text.charAt(end))) {
            int next = nextInLine(text, end);
            boolean small = next >= 0 && Character.isLowerCase(text.charAt(next));
            return small ? -1 : unlessItGoesOn(text, end);
        }
        boolean chinese = isHan(text, end) || (at > 0 && isHan(text, at - 1));
        return text.charAt(at) != '…' && chinese ? unlessItGoesOn(text, end) : -1;
    }

    private static int fullStop(String text, int start, int at) {
        int end = behindMarks(text, start, at + 1);
        if (end < text.length() && !isSpace(text.charAt(end))) {
            return -1;
        }
        int next = nextInLine(text, end);
        if (next < 0) {
            return end;
        }
        char follows = text.charAt(next);
        if (Character.isLowerCase(follows) || GOES_ON.indexOf(follows) >= 0) {
            return -1;
        }
        return end == at + 1 && isAbbreviation(text, start, at, next) ? -1 : end;
    }

    private static boolean isAbbreviation(String text, int start, int dot, int next) {
        int from = dot;
        while (from > start && !isSpace(text.charAt(from - 1)) && dot - from < 12) {
            from--;
        }
        while (from < dot && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        String word = text.substring(from, dot).toLowerCase(Locale.ROOT);
        if (word.isEmpty() || BEFORE_NAMES.contains(word)) {
            return !word.isEmpty();
        }
        boolean number = word.chars().allMatch(Character::isDigit);
        if (number && text.substring(start, from).isBlank() && word.length() <= 3) {
            return true; // the number of a list item
        }
        if (BEFORE_NUMBERS.contains(word)) {
            return Character.isDigit(text.charAt(next)) || text.charAt(next) == '#';
        }
        boolean initial = word.length() == 1 && Character.isUpperCase(text.charAt(from));
        boolean dotted = word.length() >= 3 && word.charAt(word.length() - 2) == '.';
        return (initial || dotted) && !OPENERS.contains(wordAt(text, next));
    }

    private static String wordAt(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < 12 && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end).toLowerCase(Locale.ROOT);
    }

    /// Behind further end marks and whatever closes the quotation or bracket they stand in.
    private static int behindMarks(String text, int start, int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean closes =
                    (c == '"' || c == '\'') ? isOpen(text, start, end) : CLOSERS.indexOf(c) >= 0;
            if (!closes && FULL_ENDS.indexOf(c) < 0 && "!?….".indexOf(c) < 0) {
                break;
            }
            end++;
        }
        return end;
    }

    /// Whether a straight quotation mark before `at` still waits for the one there.
    private static boolean isOpen(String text, int start, int at) {
        boolean open = false;
        for (int i = Math.max(start, at - 400); i < at; i++) {
            open ^= text.charAt(i) == text.charAt(at);
        }
        return open;
    }

    private static int unlessItGoesOn(String text, int end) {
        return end < text.length() && GOES_ON.indexOf(text.charAt(end)) >= 0 ? -1 : end;
    }

    private static int nextInLine(String text, int from) {
        int next = from;
        while (next < text.length() && isSpace(text.charAt(next))) {
            if (isLineBreak(text.charAt(next))) {
                return -1;
            }
            next++;
        }
        return next < text.length() ? next : -1;
    }

    private static boolean isHan(String text, int at) {
        return at < text.length()
                && Character.UnicodeScript.of(text.charAt(at)) == Character.UnicodeScript.HAN;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
