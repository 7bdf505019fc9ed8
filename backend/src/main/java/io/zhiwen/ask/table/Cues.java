package io.zhiwen.ask.table;

import io.zhiwen.ask.table.Cue.Bound;
import io.zhiwen.ask.table.Cue.Kind;
import io.zhiwen.ingest.table.Amount;
import io.zhiwen.ingest.table.HanNumeral;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the words that ask for something to be computed, in Chinese and English.
final class Cues {

    private static final String COUNTED = "[个条家名位种项笔次件款台辆张份本支只所座类门座户]";
    private static final String HAN = "[一二两三四五六七八九十百千万亿〇零]{1,12}";
    private static final String SMALL = "(\\d{1,2}|[一二三四五六七八九十]{1,3})";
    private static final String ENGLISH_SMALL =
            "(\\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)";
    private static final String NUMBER =
            "((?:us\\$|hk\\$|[¥$€£])?\\s?-?\\d[\\d,]*(?:\\.\\d+)?\\s?(?:万亿|千万|百万|十万|百(?!分)|千(?![克米瓦卡帕])|[万亿]"
                    + "|thousand\\b|million\\b|billion\\b|trillion\\b)?\\s?"
                    + "(?:%|个百分点|[美港欧日]?元|岁|人|个|天|年|吨|公斤|千克|公里|米|平方米|公顷|亩|台|件|次|小时|分钟)?|"
                    + HAN
                    + ")";

    private static final Map<Kind, Pattern> WORDS =
            Map.of(
                    Kind.AVERAGE,
                    Pattern.compile(
                            "平均(?:值|数|水平)?|均值|\\b(?:the )?(?:average|mean|avg)\\b(?: of\\b)?"),
                    Kind.SUM,
                    Pattern.compile(
                            "总共|一共|共计|合计|总计|总和|加起来|相加|累计|之和|共有|总(?!经理|监|部|裁|公司)|(?<!公)共(?![同享用性])"
                                    + "|\\bin total\\b|\\b(?:the )?total\\b(?: (?:number|sum))?(?: of\\b)?"
                                    + "|\\b(?:the )?sum(?: of\\b|\\b)|\\baltogether\\b|\\bcombined\\b|\\bin all\\b"),
                    Kind.HIGHEST,
                    Pattern.compile(
                            "(?:排名?)?第一名?|最[高大多长贵重快远晚新]"
                                    + "|\\b(?:highest|largest|biggest|greatest|most|maximum|max|longest|latest|newest|heaviest)\\b"),
                    Kind.LOWEST,
                    Pattern.compile(
                            "最(?:便宜|[低小少短轻慢近早旧])|倒数第一名?"
                                    + "|\\b(?:lowest|smallest|least|fewest|minimum|min|shortest|earliest|cheapest|lightest)\\b"),
                    Kind.HOW_MANY,
                    Pattern.compile(
                            "有?(?:多少|几)"
                                    + COUNTED
                                    + "?|\\bhow many\\b|\\b(?:the )?number of\\b|\\bcount(?: of)?\\b|\\bhow much\\b"),
                    Kind.LIST,
                    Pattern.compile(
                            "有?哪些|列出|列举|\\blist\\b|\\bwhich\\b(?=.* are\\b)|\\bwhat are\\b"),
                    Kind.WHICH,
                    Pattern.compile(
                            "(?:是|有)?哪(?:一)?"
                                    + COUNTED
                                    + "?|谁|什么|\\bwhich\\b|\\bwho\\b|\\bwhose\\b|\\bwhat\\b"),
                    Kind.EACH,
                    Pattern.compile(
                            "(?:每|各)(?:一)?"
                                    + COUNTED
                                    + "?|\\bper\\b|\\b(?:for |in )?each\\b|\\bby\\b"),
                    Kind.COMPARE,
                    Pattern.compile(
                            "相差(?:多少)?|差(?:多少|额|值)|之差|[高低多少大小](?:多少|出多少)|更[高低多少大小长短贵]|谁[高低多少大小]"
                                    + "|哪"
                                    + COUNTED
                                    + "?[高低多少大小长短贵]"
                                    + "|\\bdifference(?: in)?\\b|\\b(?:higher|lower|larger|smaller|greater|bigger|fewer)\\b"
                                    + "|(?<=\\bdifference.{0,60})\\bbetween\\b"
                                    + "|\\bhow much (?:more|higher|less|lower|larger|bigger)\\b"),
                    Kind.ROWS,
                    Pattern.compile(
                            "[条行项]?(?:记录|数据)|行(?=数|$)|\\b(?:rows?|records?|entries|entry)\\b"));

    private static final List<Pattern> TOP =
            List.of(
                    Pattern.compile("(?:排名?)?前" + SMALL + "(?:名|大|位|" + COUNTED + ")?"),
                    Pattern.compile("\\btop " + ENGLISH_SMALL + "\\b"),
                    Pattern.compile(
                            "\\b"
                                    + ENGLISH_SMALL
                                    + " (?:highest|largest|biggest|greatest|most)\\b"));
    private static final List<Pattern> BOTTOM =
            List.of(
                    Pattern.compile("(?:倒数|后|末)前?" + SMALL + "(?:名|位|" + COUNTED + ")"),
                    Pattern.compile("\\bbottom " + ENGLISH_SMALL + "\\b"),
                    Pattern.compile(
                            "\\b" + ENGLISH_SMALL + " (?:lowest|smallest|least|fewest)\\b"));

    private static final Pattern ABOVE =
            Pattern.compile(
                    "(?:超过|大于|多于|高于|超出|>)\\s?(?:了)?"
                            + NUMBER
                            + "|\\b(?:more than|greater than|over|above|exceed(?:s|ing|ed)?|higher than|larger than|bigger than)\\s"
                            + NUMBER);
    private static final Pattern FROM =
            Pattern.compile(
                    "(?:不少于|不低于|不小于|至少|大于等于|达到|≥|>=)\\s?"
                            + NUMBER
                            + "|"
                            + NUMBER
                            + "(?:及|或)?以上|\\b(?:at least|no less than)\\s"
                            + NUMBER);
    private static final Pattern BELOW =
            Pattern.compile(
                    "(?:少于|小于|低于|不足|不到|<)\\s?"
                            + NUMBER
                            + "|\\b(?:less than|fewer than|under|below|lower than|smaller than)\\s"
                            + NUMBER);
    private static final Pattern UP_TO =
            Pattern.compile(
                    "(?:不超过|不多于|不高于|不大于|至多|最多|小于等于|≤|<=)\\s?"
                            + NUMBER
                            + "|"
                            + NUMBER
                            + "(?:及|或)?以[下内]|\\b(?:at most|no more than|up to)\\s"
                            + NUMBER);
    private static final Pattern BETWEEN =
            Pattern.compile(
                    "在?"
                            + NUMBER
                            + "\\s?(?:到|至|和|与|-|~)\\s?"
                            + NUMBER
                            + "之?间|\\bbetween "
                            + NUMBER
                            + " and "
                            + NUMBER);
    private static final Pattern NEGATED = Pattern.compile("不$|\\bnot? $");
    private static final List<String> SMALL_WORDS =
            List.of(
                    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
                    "ten");

    private Cues() {}

    /// @param folded the question as search folds it
    static List<Cue> of(String folded) {
        List<Cue> cues = new ArrayList<>();
        WORDS.forEach((kind, pattern) -> words(pattern, kind, folded, cues));
        TOP.forEach(pattern -> counted(pattern, Kind.HIGHEST, folded, cues));
        BOTTOM.forEach(pattern -> counted(pattern, Kind.LOWEST, folded, cues));
        bounds(folded, cues);
        cues.addAll(Periods.of(folded));
        return cues;
    }

    private static void words(Pattern pattern, Kind kind, String text, List<Cue> cues) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            cues.add(new Cue(kind, matcher.start(), matcher.end()));
        }
    }

    private static void counted(Pattern pattern, Kind kind, String text, List<Cue> cues) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int count = small(matcher.group(1));
            if (count > 0) {
                cues.add(new Cue(kind, matcher.start(), matcher.end(), count, null, null));
            }
        }
    }

    private static int small(String said) {
        if (Character.isDigit(said.charAt(0))) {
            return Integer.parseInt(said);
        }
        Long han = said.charAt(0) > 'z' ? HanNumeral.value(said) : null;
        return han == null ? Math.max(0, SMALL_WORDS.indexOf(said)) : (int) Math.min(99, han);
    }

    private static void bounds(String text, List<Cue> cues) {
        Matcher between = BETWEEN.matcher(text);
        while (between.find()) {
            Amount from = amount(between, 1);
            Amount to = amount(between, from == null ? 3 : 2);
            from = from == null ? amount(between, 3) : from;
            to = between.group(1) == null ? amount(between, 4) : to;
            if (from != null && to != null) {
                var bound = new Bound(from.value(), false, to.value(), false, to.unit());
                cues.add(new Cue(Kind.BOUND, between.start(), between.end(), 1, bound, null));
            }
        }
        bound(
                ABOVE,
                text,
                cues,
                amount -> new Bound(amount.value(), true, null, false, amount.unit()));
        bound(
                FROM,
                text,
                cues,
                amount -> new Bound(amount.value(), false, null, false, amount.unit()));
        bound(
                BELOW,
                text,
                cues,
                amount -> new Bound(null, false, amount.value(), true, amount.unit()));
        bound(
                UP_TO,
                text,
                cues,
                amount -> new Bound(null, false, amount.value(), false, amount.unit()));
    }

    private static void bound(
            Pattern pattern,
            String text,
            List<Cue> cues,
            java.util.function.Function<Amount, Bound> made) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            boolean negated = NEGATED.matcher(text.substring(0, matcher.start())).find();
            Amount amount = null;
            for (int i = 1; i <= matcher.groupCount() && amount == null; i++) {
                amount = amount(matcher, i);
            }
            if (amount != null && !negated) {
                cues.add(
                        new Cue(
                                Kind.BOUND,
                                matcher.start(),
                                matcher.end(),
                                1,
                                made.apply(amount),
                                null));
            }
        }
    }

    private static @Nullable Amount amount(Matcher matcher, int group) {
        String said = group > matcher.groupCount() ? null : matcher.group(group);
        if (said == null) {
            return null;
        }
        Amount amount = Amount.read(said.strip());
        if (amount != null) {
            return amount;
        }
        Long han = HanNumeral.value(said.strip());
        return han == null ? null : new Amount(BigDecimal.valueOf(han), "");
    }
}
