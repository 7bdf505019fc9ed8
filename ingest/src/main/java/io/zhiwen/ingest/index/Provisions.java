package io.zhiwen.ingest.index;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a text names an article, chapter or section of a law or manual, written in one way however
/// its number is spelt: 第十二条, 第 12 条, Article 12 and Art. 12 are all `第12条`.
final class Provisions {

    private static final String DIGITS = "〇一二三四五六七八九";
    private static final String UNITS = "十百千";
    private static final int[] POWERS = {10, 100, 1000};
    private static final String NUMBER = "([〇零一二三四五六七八九十百千两]{1,9}|\\d{1,5})";

    private static final Pattern CHINESE =
            Pattern.compile("第 ?" + NUMBER + " ?([条章节款编])(?:之" + NUMBER + ")?");

    private static final Pattern ENGLISH =
            Pattern.compile("(?i)\\b(article|art\\.|chapter|section) ?(\\d{1,5})\\b(?![.\\d])");

    private Provisions() {}

    /// @param text of one width of letters, with simplified characters
    static Set<String> in(String text) {
        Set<String> found = new LinkedHashSet<>();
        for (Matcher named = CHINESE.matcher(text); named.find(); ) {
            String part = named.group(3) == null ? "" : "之" + value(named.group(3));
            found.add("第" + value(named.group(1)) + named.group(2) + part);
        }
        for (Matcher named = ENGLISH.matcher(text); named.find(); ) {
            found.add("第" + Integer.parseInt(named.group(2)) + kind(named.group(1)));
        }
        return found;
    }

    private static String kind(String english) {
        return switch (english.toLowerCase(Locale.ROOT)) {
            case "chapter" -> "章";
            case "section" -> "节";
            default -> "条";
        };
    }

    /// 一百零三 is 103, and so are 一〇三 and 103; 十二 is 12.
    private static int value(String number) {
        if (Character.isDigit(number.charAt(0))) {
            return Integer.parseInt(number);
        }
        String digits = number.replace('零', '〇').replace('两', '二');
        return digits.chars().anyMatch(c -> UNITS.indexOf(c) >= 0)
                ? counted(digits)
                : spelt(digits);
    }

    private static int counted(String number) {
        int value = 0;
        int digit = 0;
        for (int i = 0; i < number.length(); i++) {
            int unit = UNITS.indexOf(number.charAt(i));
            if (unit < 0) {
                digit = DIGITS.indexOf(number.charAt(i));
            } else {
                value += Math.max(1, digit) * POWERS[unit];
                digit = 0;
            }
        }
        return value + digit;
    }

    private static int spelt(String number) {
        int value = 0;
        for (int i = 0; i < Math.min(5, number.length()); i++) {
            value = 10 * value + DIGITS.indexOf(number.charAt(i));
        }
        return value;
    }
}
