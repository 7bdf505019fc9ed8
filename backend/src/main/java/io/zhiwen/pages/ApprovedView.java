package io.zhiwen.pages;

import io.zhiwen.curate.ApprovedAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// An approved answer as its page shows it.
///
/// @param more its other questions
record ApprovedView(
        String id,
        String question,
        List<String> more,
        String text,
        List<ApprovedAnswer.Source> sources,
        String by,
        String approved,
        String expires,
        String state,
        String stateText,
        String given) {

    static ApprovedView of(ApprovedAnswer one, Words words, Locale locale) {
        var formats = new Formats(locale);
        return new ApprovedView(
                one.id().toString(),
                one.questions().getFirst(),
                one.questions().subList(1, one.questions().size()),
                one.text(),
                one.sources(),
                one.by(),
                formats.day(one.approvedAt()),
                formats.dayOr(Objects.toString(one.expiresOn(), "")),
                one.state().code(),
                words.say(locale, "approved.state." + one.state().code()),
                formats.number(one.given()));
    }
}
