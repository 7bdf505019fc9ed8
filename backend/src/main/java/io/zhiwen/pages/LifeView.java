package io.zhiwen.pages;

import io.zhiwen.library.DocumentLife;
import java.time.LocalDate;
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
                life.remarks().stream()
                        .map(one -> words.say(locale, one.key(), one.said(locale)))
                        .toList());
    }

    private static String iso(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }
}
