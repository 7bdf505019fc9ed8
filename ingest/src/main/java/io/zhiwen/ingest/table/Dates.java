package io.zhiwen.ingest.table;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cell that is nothing but a day. Days that are read differently in different countries
/// (1/5/24) are none.
final class Dates {

    private static final Pattern YEAR_FIRST =
            Pattern.compile(
                    "((?:19|20)\\d\\d)(?:-|/|\\.|年) ?(\\d{1,2})(?:-|/|\\.|月) ?(\\d{1,2})日?(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?Z?");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("([A-Za-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\\d\\d)");
    private static final Pattern DAY_FIRST =
            Pattern.compile(
                    "(\\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\\.?,?[ -]((?:19|20)\\d\\d)");
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final int LONGEST = 32;

    private Dates() {}

    static @Nullable LocalDate read(String text) {
        if (text.length() < 8 || text.length() > LONGEST) {
            return null;
        }
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        Matcher yearFirst = YEAR_FIRST.matcher(plain);
        if (yearFirst.matches()) {
            return day(yearFirst.group(1), number(yearFirst.group(2)), yearFirst.group(3));
        }
        Matcher monthFirst = MONTH_FIRST.matcher(plain);
        if (monthFirst.matches()) {
            return day(monthFirst.group(3), month(monthFirst.group(1)), monthFirst.group(2));
        }
        Matcher dayFirst = DAY_FIRST.matcher(plain);
        return dayFirst.matches()
                ? day(dayFirst.group(3), month(dayFirst.group(2)), dayFirst.group(1))
                : null;
    }

    private static @Nullable LocalDate day(String year, int month, String day) {
        try {
            return month == 0 ? null : LocalDate.of(number(year), month, number(day));
        } catch (DateTimeException _) {
            return null; // 2024-02-30 is text
        }
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /// 0 for none.
    private static int month(String name) {
        return MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }
}
