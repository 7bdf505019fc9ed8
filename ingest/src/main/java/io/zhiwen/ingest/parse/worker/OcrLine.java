package io.zhiwen.ingest.parse.worker;

import java.util.regex.Pattern;

/// Mends what OCR says of a line that print never does: half marks and spaces inside of Chinese,
/// quotation marks made of white space, bullets read as the letters they look like.
final class OcrLine {

    private static final Pattern EMPTY_QUOTES = Pattern.compile("[“‘][”’]\\s*");
    private static final Pattern STRAY_QUOTE = Pattern.compile("(?<=^|\\s)[”’\"](?=\\p{IsHan})");
    private static final Pattern HALF_MARK =
            Pattern.compile("(?<=\\p{IsHan}) ?([,;:?!]) ?(?=\\p{IsHan})");
    private static final Pattern SPACE_BEFORE_MARK =
            Pattern.compile("(?<=[\\p{IsHan}，。；：、！？）》”]) +(?=[，。；：、！？）》”])");
    private static final Pattern SPACE_BEHIND_MARK =
            Pattern.compile("(?<=[，。；：、！？（《“]) +(?=[\\p{IsHan}“《（])");
    private static final String HALF = ",;:?!";
    private static final String FULL = "，；：？！";

    private static final Pattern MARK = Pattern.compile("[¢©®°*•«»]");

    private OcrLine() {}

    static String mended(String line) {
        String quotes = EMPTY_QUOTES.matcher(line).replaceAll("");
        boolean opened = quotes.indexOf('“') >= 0 || quotes.indexOf('‘') >= 0;
        String sane = opened ? quotes : STRAY_QUOTE.matcher(quotes).replaceAll("");
        String marks =
                HALF_MARK.matcher(sane).replaceAll(mark -> String.valueOf(full(mark.group(1))));
        String before = SPACE_BEFORE_MARK.matcher(marks).replaceAll("");
        return SPACE_BEHIND_MARK.matcher(before).replaceAll("").strip();
    }

    private static char full(String half) {
        return FULL.charAt(HALF.indexOf(half));
    }

    /// Whether a word that begins a line before another is a bullet misread.
    static boolean isMark(String word, String next) {
        return MARK.matcher(word).matches() && Character.isLetter(next.charAt(0));
    }
}
