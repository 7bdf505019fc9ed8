package io.zhiwen.pages;

import io.zhiwen.library.DocumentLife;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How long a document is found, for forms and in words.
///
/// @param state `in-force`, `off`, `not-yet` or `expired`
/// @param from day as forms take it; empty for none, as the others
/// @param successor id; empty for none
/// @param notes what a reader of it should know; empty where there is nothing
record LifeView(
        boolean enabled,
        String state,
        String from,
        String until,
        String successor,
        String successorName,
        String owner,
        List<String> notes) {

    static LifeView of(DocumentLife life, Words words, Locale locale) {
        var successor = life.supersededBy();
        return new LifeView(
                life.enabled(),
                life.state().code(),
                iso(life.validFrom()),
                iso(life.validUntil()),
                successor == null ? "" : successor.id().toString(),
                successor == null ? "" : successor.name(),
                life.owner() == null ? "" : life.owner(),
                notes(life, words, locale));
    }

    private static List<String> notes(DocumentLife life, Words words, Locale locale) {
        List<String> notes = new ArrayList<>();
        var from = life.validFrom();
        var until = life.validUntil();
        switch (life.state()) {
            case OFF -> notes.add(words.say(locale, "life.off"));
            case NOT_YET -> {
                if (from != null) {
                    notes.add(words.say(locale, "life.not-yet", day(from, locale)));
                }
            }
            case EXPIRED -> {
                if (until != null) {
                    notes.add(words.say(locale, "life.expired", day(until, locale)));
                }
            }
            case IN_FORCE -> {
                if (until != null) {
                    notes.add(words.say(locale, "life.until", day(until, locale)));
                }
            }
        }
        var successor = life.supersededBy();
        if (successor != null) {
            notes.add(words.say(locale, "life.superseded", successor.name()));
        }
        return notes;
    }

    private static String iso(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    private static String day(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale).format(day);
    }
}
