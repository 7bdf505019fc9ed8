package io.zhiwen.ingest.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chinese numerals: 二十一, 一千零五, 二〇二四, 三万五千.
public final class HanNumeral {

    private static final String DIGITS = "零一二三四五六七八九";
    private static final Map<Character, Long> UNITS = Map.of('十', 10L, '百', 100L, '千', 1_000L);
    private static final Map<Character, Long> MYRIADS = Map.of('万', 10_000L, '亿', 100_000_000L);
    private static final int LONGEST = 20;

    private HanNumeral() {}

    /// Null where the characters make no number.
    public static @Nullable Long value(String numeral) {
        if (numeral.length() > LONGEST) {
            return null;
        }
        boolean spelled =
                numeral.chars()
                        .noneMatch(
                                c -> UNITS.containsKey((char) c) || MYRIADS.containsKey((char) c));
        return spelled ? spelled(numeral) : counted(numeral);
    }

    private static @Nullable Long spelled(String numeral) {
        if (numeral.length() > 1
                && numeral.length() < 3
                && numeral.indexOf('〇') < 0
                && numeral.indexOf('零') < 0) {
            // 三四 is "three or four", 九八 a year: both are said digit by digit
            return Long.valueOf(10L * digit(numeral.charAt(0)) + digit(numeral.charAt(1)));
        }
        long value = 0;
        for (int i = 0; i < numeral.length(); i++) {
            value = value * 10 + digit(numeral.charAt(i));
        }
        return numeral.length() > 18 ? null : Long.valueOf(value);
    }

    private static @Nullable Long counted(String numeral) {
        long whole = 0;
        long section = 0;
        long digit = -1;
        for (int i = 0; i < numeral.length(); i++) {
            char c = numeral.charAt(i);
            Long unit = UNITS.get(c);
            Long myriad = MYRIADS.get(c);
            if (unit != null) {
                section += (digit < 0 ? 1 : digit) * unit;
                digit = -1;
            } else if (myriad != null) {
                long before = section + Math.max(0, digit);
                whole = (whole + (before == 0 && whole == 0 ? 1 : before)) * myriad;
                section = 0;
                digit = -1;
            } else if (digit > 0) {
                return null;
            } else {
                digit = digit(c);
            }
        }
        return whole + section + Math.max(0, digit);
    }

    private static int digit(char c) {
        return c == '〇' ? 0 : c == '两' ? 2 : DIGITS.indexOf(c);
    }
}
