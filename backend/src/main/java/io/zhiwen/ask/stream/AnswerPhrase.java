package io.zhiwen.ask.stream;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a sentence that are the answer itself: a date, a number with what it counts, a
/// name, a place. Only where the question asks for one and the sentence has just one that the
/// question does not say itself; else none is better than a wrong one.
final class AnswerPhrase {

    private static final String MONTH =
            "(?:january|february|march|april|may|june|july|august|september|october|november|december)";

    private static final Pattern TIME =
            Pattern.compile(
                    "(?:\\b\\d{1,2}(?:st|nd|rd|th)? )?\\b"
                            + MONTH
                            + "\\b(?: \\d{1,2}(?:st|nd|rd|th)?\\b)?(?:,? \\d{4}\\b)?"
                            + "|\\b(?:early |mid-?|late )?(?:the )?(?:1\\d{3}|20\\d{2})s?\\b(?!年|[,.]\\d|%)"
                            + "|\\b\\d{1,2}(?:st|nd|rd|th)[ -]century\\b"
                            + "|\\b\\d{1,2}:\\d{2}(?: ?[ap]\\.?m\\b)?"
                            + "|(?:公元前?)?(?:\\d{1,4}|[一二三四五六七八九〇零]{4})年(?:\\d{1,2}月)?(?:\\d{1,2}[日号])?(?!级|代|度|制|内|后|前|以)"
                            + "|(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
                            + "|(?:公元前?)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})世纪(?:\\d{2}年代)?"
                            + "|(?:\\d{2,4})年代");

    private static final String NUMBER_WORDS =
            "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|dozen)";
    private static final String FIGURE =
            "(?:[$€£¥]\\s?)?(?<![\\d.,至到~–-])\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:\\s?(?:hundred|thousand|million|billion|trillion|[百千万亿]+))?";
    private static final String CHINESE_FIGURE = "(?<![一二两三四五六七八九十百千万亿第])[一二两三四五六七八九十百千万亿]+";

    private static final String UNIT =
            "(?:yuan|rmb|dollars?|euros?|pounds?|minutes?|hours?|days?|weeks?|months?|years?|miles?|feet|met(?:er|re)s?|kilomet(?:er|re)s?|km|kg|tons?|people)";

    private static final Pattern ANY_NUMBER =
            Pattern.compile(
                    FIGURE
                            + "(?:\\s?(?:%|percent\\b|per cent\\b|"
                            + UNIT
                            + "\\b|[个名位人次种天岁元米吨倍家座所部集届级层公里平方]{1,4}))?"
                            + "|百分之[一二三四五六七八九十百点]+"
                            // 一个, 一次 are seldom a number
                            + "|(?!一[个名位人次种天])"
                            + CHINESE_FIGURE
                            + "(?:[个名位人次种天岁元米吨倍家座所集届级层]|公里|平方米|小时|分钟|美元)");
    private static final Pattern SHARE =
            Pattern.compile(
                    "(?:百分之[一二三四五六七八九十百点\\d.]+|" + FIGURE + "\\s?(?:%|percent\\b|per cent\\b))");
    private static final Pattern LENGTH_OF_TIME =
            Pattern.compile(
                    "(?:"
                            + FIGURE
                            + "|\\b"
                            + NUMBER_WORDS
                            + "|"
                            + CHINESE_FIGURE
                            + ")"
                            + "[ -]?(?:(?:calendar |working |business )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries)\\b|秒|分钟|个?小时|天|日|周|个?星期|个?月|年(?!代|级))");

    private static final Pattern HOW_MANY = Pattern.compile("\\bhow many ([a-z]+)");
    private static final Pattern DUO_SHAO =
            Pattern.compile("(?:多少|几)(小时|分钟|公里|公斤|公顷|平方|立方|个月|美元|英里|千米|厘米|毫米|海里|星期|\\p{IsHan})");
    private static final Pattern ASKS_SHARE =
            Pattern.compile(
                    "\\b(?:percent|percentage|proportion|fraction)\\b|百分之(?:多少|几)|比例|百分比|占比");
    private static final Pattern ASKS_LENGTH_OF_TIME =
            Pattern.compile("\\bhow long\\b(?! is the (?:river|road|bridge|wall))|多久|多长时间");
    private static final Pattern ASKS_CLOCK = Pattern.compile("\\bwhat time\\b|几点|几时");
    private static final Pattern CLOCK =
            Pattern.compile(
                    "\\b\\d{1,2}:\\d{2}(?: ?[ap]\\.?m\\b)?|\\b\\d{1,2} ?[ap]\\.?m\\b|[上下]午?\\d{1,2}[点时](?:\\d{1,2}分|半)?|\\d{1,2}[点时](?:\\d{1,2}分|半)?");

    private static final Pattern LATIN_NAME =
            Pattern.compile(
                    "\\p{Lu}[\\p{IsLatin}'’-]+(?: (?:of|de|van|von|der|la|le|bin|al|the|\\p{Lu}\\.) ?)*(?:(?<= )|(?= )) ?(?:\\p{Lu}[\\p{IsLatin}'’-]+)(?: \\p{Lu}[\\p{IsLatin}'’-]+)*");

    private AnswerPhrase() {}

    /// @param question as it was asked
    /// @param sentence as it stands in its passage
    static Optional<Span> in(String question, String sentence) {
        String asked = SearchText.fold(question);
        String folded = SearchText.fold(sentence);
        if (folded.length() != sentence.length()) {
            return Optional.empty();
        }
        return switch (AnswerType.of(asked)) {
            case TIME -> only(ASKS_CLOCK.matcher(asked).find() ? CLOCK : TIME, folded, asked);
            case NUMBER -> number(folded, asked);
            case PERSON -> only(LATIN_NAME, sentence, asked);
            case PLACE, DEFINITION, REASON, OTHER -> Optional.empty();
        };
    }

    private static Optional<Span> number(String folded, String asked) {
        if (ASKS_SHARE.matcher(asked).find()) {
            return only(SHARE, folded, asked);
        }
        if (ASKS_LENGTH_OF_TIME.matcher(asked).find()) {
            return only(LENGTH_OF_TIME, folded, asked);
        }
        Matcher many = HOW_MANY.matcher(asked);
        if (many.find()) {
            String counted = Pattern.quote(Terms.stem(many.group(1)));
            return only(
                    Pattern.compile(
                            "(?:"
                                    + FIGURE
                                    + "|\\b"
                                    + NUMBER_WORDS
                                    + ")(?: [a-z-]+){0,2}? "
                                    + counted
                                    + "[a-z]*"),
                    folded,
                    asked);
        }
        Matcher several = DUO_SHAO.matcher(asked);
        if (several.find()) {
            String counted = Pattern.quote(several.group(1));
            return only(
                    Pattern.compile("(?:" + FIGURE + "|" + CHINESE_FIGURE + ")多?" + counted),
                    folded,
                    asked);
        }
        return only(ANY_NUMBER, folded, asked);
    }

    /// The one that the question does not say itself; none when there are several.
    private static Optional<Span> only(Pattern pattern, String text, String asked) {
        List<Span> found = new ArrayList<>();
        Matcher matches = pattern.matcher(text);
        while (matches.find()) {
            if (!asked.contains(SearchText.fold(matches.group()).strip())) {
                found.add(new Span(matches.start(), matches.end()));
            }
        }
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
