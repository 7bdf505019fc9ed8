package io.zhiwen.ingest.chunk;

/// Which of the two bundled encoders reads a text: the one for Chinese, or the one for everything
/// else.
public enum Language {
    ZH,
    EN;

    /// Chinese as soon as Han characters are a tenth of the letters: a Han character says as much
    /// as a short word.
    public static Language of(CharSequence text) {
        long han = text.codePoints().filter(Language::isHan).count();
        long letters = text.codePoints().filter(Character::isLetter).count();
        return han > 0 && han * 10 >= letters ? ZH : EN;
    }

    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    /// `zh` or `en`.
    public String tag() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
