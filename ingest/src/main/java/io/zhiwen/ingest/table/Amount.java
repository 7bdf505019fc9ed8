package io.zhiwen.ingest.table;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cell or a part of a question that is nothing but a quantity.
///
/// @param value with what multiplies it worked in: 1.2万 is 12000; 3.5% stays 3.5 of the unit `%`
/// @param unit without what multiplies it, empty for none
public record Amount(BigDecimal value, String unit) {

    private static final String MONEY = "US\\$|HK\\$|RMB|CNY|USD|EUR|GBP|JPY|HKD|CHF|人民币|[¥$€£]";
    private static final Set<String> SIGNS =
            Set.of("¥", "$", "€", "£", "US$", "HK$", "RMB", "CNY", "USD", "EUR", "GBP", "CHF");

    /// What stands between a number and its unit and multiplies it, longest first.
    static final String POWERS =
            "万亿|千万|百万|十万|百(?!分)|千(?![克米瓦卡帕])|[万亿]|thousand|million|billion|trillion";

    private static final Map<String, Integer> POWER_OF =
            Map.ofEntries(
                    Map.entry("百", 2),
                    Map.entry("千", 3),
                    Map.entry("万", 4),
                    Map.entry("十万", 5),
                    Map.entry("百万", 6),
                    Map.entry("千万", 7),
                    Map.entry("亿", 8),
                    Map.entry("万亿", 12),
                    Map.entry("thousand", 3),
                    Map.entry("million", 6),
                    Map.entry("billion", 9),
                    Map.entry("trillion", 12));

    /// Whatever else follows a number makes it a name.
    private static final String UNITS =
            "%|‰|°C|℃|°|(?:美|港|欧|日|澳|新台)?元|块钱?|人民币|个百分点|个月|个|人次|人|名|位|件|台|套|辆|次|条|项|家|只|张|份"
                    + "|篇|户|股|天|日|周|月|年|岁|小时|分钟|毫秒|秒|分|吨|公斤|千克|毫克|克|斤|公里|千米|平方公里|平方米|立方米"
                    + "|厘米|毫米|米|公顷|亩|毫升|升|千瓦时|千瓦|兆瓦|瓦|度|m²|m2|㎡|m³|m3|kWh|MWh|kW|MW|W|V|mA|μA|A|[GMk]?Hz"
                    + "|[KkMGT]B|kg|mg|g|t|tons?|tonnes?|km|cm|mm|m|ml|mL|l|L|hours?|hrs?|h|minutes?|mins?|seconds?|s|ms"
                    + "|days?|weeks?|months?|years?|people|persons?|employees|units?|pcs|pieces|items|percent|(?i:"
                    + MONEY
                    + ")(?:元)?";

    private static final Pattern NUMBER =
            Pattern.compile(
                    "(?<sign>[-+−–])?\\s?(?<money>(?i:%s))?\\s?(?<after>[-−–])?".formatted(MONEY)
                            + "(?<digits>\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|\\.\\d+)"
                            + "\\s?(?<power>(?i:%s))?\\s?".formatted(POWERS)
                            + "(?<unit>%s)?".formatted(UNITS));

    /// As sheets show a number whose format hides digits.
    private static final Pattern IN_FULL = Pattern.compile("\\S.*\\s\\((-?[\\d.]+%?)\\)");

    private static final Pattern HAN = Pattern.compile("([零〇一二两三四五六七八九十百千万亿]+)([元个人名年月天日]?)");

    private static final int LONGEST = 40;

    /// Longer ones name something, and count nothing.
    private static final int MOST_DIGITS = 15;

    /// Null when the text is anything else, as a code with zeros in front is.
    public static @Nullable Amount read(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        Matcher full = IN_FULL.matcher(plain);
        if (full.matches()) {
            return read(full.group(1));
        }
        if (plain.length() > 2 && plain.startsWith("(") && plain.endsWith(")")) {
            Amount inside = read(plain.substring(1, plain.length() - 1));
            return inside == null || inside.value.signum() < 0 ? null : inside.negated();
        }
        Matcher number = NUMBER.matcher(plain);
        return number.matches() ? of(number) : ofHan(plain);
    }

    private static @Nullable Amount of(Matcher number) {
        String digits = number.group("digits").replace(",", "");
        boolean code =
                (digits.length() > 1 && digits.startsWith("0") && digits.charAt(1) != '.')
                        || digits.replace(".", "").length() > MOST_DIGITS;
        boolean signs = number.group("sign") != null && number.group("after") != null;
        if (code || signs) {
            return null;
        }
        BigDecimal value = new BigDecimal(digits);
        String power = number.group("power");
        if (power != null) {
            value =
                    value.scaleByPowerOfTen(
                            POWER_OF.getOrDefault(power.toLowerCase(java.util.Locale.ROOT), 0));
        }
        boolean negative =
                number.group("after") != null
                        || (number.group("sign") != null && !number.group("sign").equals("+"));
        String money = number.group("money") == null ? "" : number.group("money");
        String unit = number.group("unit") == null ? "" : number.group("unit").strip();
        return new Amount(
                plain(negative ? value.negate() : value),
                unit.isEmpty() ? money.toUpperCase(java.util.Locale.ROOT) : unit);
    }

    private static @Nullable Amount ofHan(String text) {
        Matcher han = HAN.matcher(text);
        Long value = han.matches() ? HanNumeral.value(han.group(1)) : null;
        return value == null ? null : new Amount(BigDecimal.valueOf(value), han.group(2));
    }

    /// Without zeros at the end that a power put there as an exponent.
    private static BigDecimal plain(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private Amount negated() {
        return new Amount(value.negate(), unit);
    }

    /// Whether a column may say its unit in some cells only, as money in statements.
    boolean isMoney() {
        return SIGNS.contains(unit);
    }
}
