package io.zhiwen.pages;

import io.zhiwen.curate.ApprovedAnswer;
import io.zhiwen.curate.ApprovedDraft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

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

    /// What the form shows.
    ///
    /// @param rows one for each source and one more
    record Form(
            String questions,
            String text,
            String expires,
            List<Row> rows,
            List<ChatPages.Choice> documents) {

        record Row(String document, String quote) {}

        static Form of(ApprovedDraft draft, Map<UUID, String> documents) {
            List<Row> rows = new ArrayList<>();
            draft.sources()
                    .forEach(source -> rows.add(new Row(source.document() + "", source.quote())));
            rows.add(new Row("", ""));
            return new Form(
                    String.join("\n", draft.questions()),
                    draft.text(),
                    Objects.toString(draft.expiresOn(), ""),
                    rows,
                    documents.entrySet().stream()
                            .map(
                                    one ->
                                            new ChatPages.Choice(
                                                    one.getKey().toString(), one.getValue(), false))
                            .sorted(Comparator.comparing(ChatPages.Choice::name))
                            .toList());
        }
    }
}
