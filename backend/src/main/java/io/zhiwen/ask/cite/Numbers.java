package io.zhiwen.ask.cite;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.table.HanNumeral;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The numbers of a text, each in one form however it is written: `1,200`, `一千二百`, `1.2千` and
/// `twelve hundred` are all 1200, and March is 3 where it is a date. What a text claims is read
/// strictly, what it may be read as evidence for generously.
public final class Numbers {

    private static final Pattern DIGITS =
            Pattern.compile(
                    "(\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)"
                            + "(?:\\s?(万亿|百万|千万|[百千万亿]|hundred|thousand|million|billion|trillion)\\b?)?");
    private static final Pattern HAN = Pattern.compile("[零〇一二两三四五六七八九十百千万亿]+");
    private static final Pattern WORDS = Pattern.compile("[a-z]+");

    /// What makes a Chinese numeral a count or a date, and no part of a word.
    private static final Pattern HAN_UNIT =
            Pattern.compile("[年月日号天周岁个人名位次小时分秒元角米公里吨克斤度倍成层座条家所部集届项级章节艘辆只张票场轮篇件种枚台]");

    private static final Pattern MONTH_BESIDE_DIGIT =
            Pattern.compile("\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?$|^,?\\s+(?:of\\s+)?\\d");

    static final List<String> MONTHS =
            List.of(
                    "january",
                    "february",
                    "march",
                    "april",
                    "may",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december");
    private static final List<String> SMALL =
            List.of(
                    "zero",
                    "one",
                    "two",
                    "three",
                    "four",
                    "five",
                    "six",
                    "seven",
                    "eight",
                    "nine",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                    "sixteen",
                    "seventeen",
                    "eighteen",
                    "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> ORDINALS =
            List.of(
                    "zeroth",
                    "first",
                    "second",
                    "third",
                    "fourth",
                    "fifth",
                    "sixth",
                    "seventh",
                    "eighth",
                    "ninth",
                    "tenth",
                    "eleventh",
                    "twelfth");
    private static final Map<String, Integer> POWERS =
            Map.ofEntries(
                    Map.entry("百", 2),
                    Map.entry("千", 3),
                    Map.entry("万", 4),
                    Map.entry("百万", 6),
                    Map.entry("千万", 7),
                    Map.entry("亿", 8),
                    Map.entry("万亿", 12),
                    Map.entry("hundred", 2),
                    Map.entry("thousand", 3),
                    Map.entry("million", 6),
                    Map.entry("billion", 9),
                    Map.entry("trillion", 12));

    private final String text;
    private final boolean strict;
    private final Set<String> found = new LinkedHashSet<>();

    private Numbers(String text, boolean strict) {
        this.text = SearchText.words(text);
        this.strict = strict;
    }

    /// What somebody who says this has to show.
    public static Set<String> claimed(String text) {
        return new Numbers(text, true).read();
    }

    /// Everything this text can be shown for.
    static Set<String> shown(String text) {
        return new Numbers(text, false).read();
    }

    private Set<String> read() {
        digits();
        han();
        words();
        return found;
    }

    private void digits() {
        Matcher matcher = DIGITS.matcher(text);
        while (matcher.find()) {
            BigDecimal value = new BigDecimal(matcher.group(1).replace(",", ""));
            String power = matcher.group(2);
            if (power == null || !strict) {
                add(value);
            }
            if (power != null) {
                add(value.scaleByPowerOfTen(POWERS.getOrDefault(power, 0)));
            }
        }
    }

    private void han() {
        Matcher matcher = HAN.matcher(text);
        while (matcher.find()) {
            String numeral = matcher.group();
            if (matcher.start() > 0 && Character.isDigit(text.charAt(matcher.start() - 1))) {
                continue;
            }
            Long value = HanNumeral.value(numeral);
            if (value != null && (!strict || isCount(matcher, value))) {
                add(BigDecimal.valueOf(value));
            }
        }
    }

    private boolean isCount(Matcher matcher, long value) {
        boolean ordinal = matcher.start() > 0 && text.charAt(matcher.start() - 1) == '第';
        boolean unit = HAN_UNIT.matcher(text).region(matcher.end(), text.length()).lookingAt();
        return (value > 1 && unit) || (ordinal && value > 0);
    }

    /// English numerals of one value joined: `two hundred and five`.
    private void words() {
        Matcher matcher = WORDS.matcher(text);
        long sum = 0;
        int end = -1;
        boolean open = false;
        while (matcher.find()) {
            String word = matcher.group();
            month(word, matcher);
            boolean near = open && joins(text.substring(end, matcher.start()));
            Integer small = small(word);
            Integer power = POWERS.get(word);
            if (small != null && near && fits(sum, small)) {
                sum += small;
            } else if (power != null && near) {
                sum *= (long) Math.pow(10, power);
            } else if (!("and".equals(word) && near && sum >= 100)) {
                close(open, sum);
                open = small != null;
                sum = small == null ? 0 : small;
            }
            end = matcher.end();
        }
        close(open, sum);
    }

    private static boolean joins(String between) {
        return between.equals(" ") || between.equals("-");
    }

    private static boolean fits(long sum, int small) {
        return (sum % 100 == 0 && sum > 0) || (sum % 10 == 0 && sum % 100 >= 20 && small < 10);
    }

    private void close(boolean open, long sum) {
        if (open && (!strict || sum > 1)) {
            add(BigDecimal.valueOf(sum));
        }
    }

    private void month(String word, Matcher at) {
        int month = MONTHS.indexOf(word);
        if (month < 0) {
            return;
        }
        String before = text.substring(Math.max(0, at.start() - 12), at.start());
        String behind = text.substring(at.end(), Math.min(text.length(), at.end() + 12));
        if (!strict
                || MONTH_BESIDE_DIGIT.matcher(before).find()
                || MONTH_BESIDE_DIGIT.matcher(behind).find()) {
            add(BigDecimal.valueOf(month + 1L));
        }
    }

    private @Nullable Integer small(String word) {
        int small = SMALL.indexOf(word);
        int tens = TENS.indexOf(word);
        // a second is a time as well
        int ordinal = strict && word.equals("second") ? -1 : ORDINALS.indexOf(word);
        if (small >= 0) {
            return small;
        }
        if (tens >= 0) {
            return 20 + 10 * tens;
        }
        return ordinal >= 0 ? Integer.valueOf(ordinal) : null;
    }

    private void add(BigDecimal value) {
        found.add(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }
}
