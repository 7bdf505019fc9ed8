package io.zhiwen.ask.table;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Years, months and days of a question, and what lies before and after them.
final class Periods {

    private static final Pattern CHINESE =
            Pattern.compile(
                    "(?<until>截至|截止)?在?(?<year>(?:19|20)\\d\\d)(?:年|[-/.](?=\\d))(?:(?<month>1[0-2]|0?[1-9])(?:月|[-/.](?=\\d))?(?:(?<day>[12]\\d|3[01]|0?[1-9])日?)?)?份?"
                            + "(?<side>之后|以后|以来|起|之前|以前)?");
    private static final String MONTHS =
            "january|february|march|april|may|june|july|august|september|october|november|december";
    private static final Pattern ENGLISH =
            Pattern.compile(
                    "\\b(?<side>in|during|of|for|since|from|after|before|until|through) (?:the year )?(?:(?<month>"
                            + MONTHS
                            + ") )?(?<year>(?:19|20)\\d\\d)\\b(?![-/.]\\d)");

    private Periods() {}

    static List<Cue> of(String folded) {
        List<Cue> cues = new ArrayList<>();
        Matcher chinese = CHINESE.matcher(folded);
        while (chinese.find()) {
            add(chinese, number(chinese.group("month")), number(chinese.group("day")), cues);
        }
        Matcher english = ENGLISH.matcher(folded.toLowerCase(Locale.ROOT));
        while (english.find()) {
            String month = english.group("month");
            add(
                    english,
                    month == null ? 0 : List.of(MONTHS.split("\\|")).indexOf(month) + 1,
                    0,
                    cues);
        }
        return cues;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static void add(Matcher found, int month, int day, List<Cue> cues) {
        int year = Integer.parseInt(found.group("year"));
        if (day > 0 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return;
        }
        LocalDate first = LocalDate.of(year, month == 0 ? 1 : month, day == 0 ? 1 : day);
        LocalDate last = first;
        if (month == 0) {
            last = LocalDate.of(year, 12, 31);
        } else if (day == 0) {
            last = YearMonth.of(year, month).atEndOfMonth();
        }
        String side = found.group("side") == null ? "" : found.group("side");
        Cue.Days days =
                switch (side) {
                    case "之后", "after" -> new Cue.Days(last.plusDays(1), null);
                    case "以后", "以来", "起", "since", "from" -> new Cue.Days(first, null);
                    case "之前", "以前", "before" -> new Cue.Days(null, first.minusDays(1));
                    case "until", "through" -> new Cue.Days(null, last);
                    default -> new Cue.Days(first, last);
                };
        cues.add(new Cue(Cue.Kind.PERIOD, found.start(), found.end(), 1, null, days));
    }
}
