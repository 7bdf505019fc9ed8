package io.zhiwen.ingest.parse.worker;

/// Writes numbers as Word does.
final class Numerals {

    private static final String[] ROMAN = {
        "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
    };
    private static final int[] ROMAN_VALUES = {
        1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1
    };
    private static final String DIGITS = "〇一二三四五六七八九";
    private static final String UNITS = " 十百千";

    private Numerals() {}

    static String in(String format, int value) {
        return switch (format) {
            case "upperRoman" -> roman(value).toUpperCase(java.util.Locale.ROOT);
            case "lowerRoman" -> roman(value);
            case "upperLetter" -> letter(value, 'A');
            case "lowerLetter" -> letter(value, 'a');
            case "chineseCounting",
                    "chineseCountingThousand",
                    "taiwaneseCounting",
                    "taiwaneseCountingThousand",
                    "japaneseCounting",
                    "ideographDigital" ->
                    chinese(value);
            case "decimalEnclosedCircle", "decimalEnclosedCircleChinese" ->
                    value >= 1 && value <= 20
                            ? String.valueOf((char) ('①' + value - 1))
                            : String.valueOf(value);
            default -> String.valueOf(value);
        };
    }

    private static String letter(int value, char first) {
        return value < 1
                ? ""
                : String.valueOf((char) (first + (value - 1) % 26)).repeat((value - 1) / 26 + 1);
    }

    private static String roman(int value) {
        StringBuilder roman = new StringBuilder();
        int rest = Math.min(value, 3999);
        for (int i = 0; i < ROMAN.length; i++) {
            while (rest >= ROMAN_VALUES[i]) {
                roman.append(ROMAN[i]);
                rest -= ROMAN_VALUES[i];
            }
        }
        return roman.toString();
    }

    /// Up to 9999: 一百零三, and 十二 rather than 一十二.
    static String chinese(int value) {
        if (value < 1 || value > 9999) {
            return String.valueOf(value);
        }
        StringBuilder text = new StringBuilder();
        boolean gap = false;
        for (int place = 3; place >= 0; place--) {
            int digit = value / (int) Math.pow(10, place) % 10;
            if (digit == 0) {
                gap = !text.isEmpty();
                continue;
            }
            text.append(gap ? "零" : "").append(DIGITS.charAt(digit));
            text.append(place == 0 ? "" : String.valueOf(UNITS.charAt(place)));
            gap = false;
        }
        return text.toString().startsWith("一十") ? text.substring(1) : text.toString();
    }
}
