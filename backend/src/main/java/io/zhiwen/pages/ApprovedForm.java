package io.zhiwen.pages;

import io.zhiwen.curate.ApprovedDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.springframework.util.MultiValueMap;

/// An approved answer as a form holds it, finished or not.
///
/// @param expires a day as ISO writes it; empty for never
/// @param rows the documents; those that name none are left out of the answer
/// @param look whether a document was to be looked for
record ApprovedForm(String questions, String text, String expires, List<Row> rows, boolean look) {

    /// @param find words of the name of a document that is looked for
    record Row(String document, String quote, String find) {

        private boolean isEmpty() {
            return document.isBlank() && quote.isBlank() && find.isBlank();
        }

        private UUID id() {
            try {
                return UUID.fromString(document);
            } catch (IllegalArgumentException _) {
                throw new Faults.Gone();
            }
        }
    }

    static ApprovedForm of(ApprovedDraft draft) {
        return new ApprovedForm(
                String.join("\n", draft.questions()),
                draft.text(),
                Objects.toString(draft.expiresOn(), ""),
                draft.sources().stream()
                        .map(source -> new Row(source.document() + "", source.quote(), ""))
                        .toList(),
                false);
    }

    static ApprovedForm of(MultiValueMap<String, String> sent) {
        int rows = sent.getOrDefault("document", List.of()).size();
        return new ApprovedForm(
                at(sent, "questions", 0),
                at(sent, "text", 0),
                at(sent, "expires", 0),
                IntStream.range(0, rows)
                        .mapToObj(
                                i ->
                                        new Row(
                                                at(sent, "document", i),
                                                at(sent, "quote", i),
                                                Picks.clean(at(sent, "find", i))))
                        .filter(row -> !row.isEmpty())
                        .toList(),
                sent.containsKey("look"));
    }

    private static String at(MultiValueMap<String, String> sent, String name, int number) {
        List<String> all = sent.getOrDefault(name, List.of());
        return number < all.size() ? all.get(number) : "";
    }

    /// Enter in any field of the form is the same as its first button, so there must be words, too.
    boolean isLooking() {
        return look && rows.stream().anyMatch(row -> !row.find().isEmpty());
    }

    /// @throws io.zhiwen.curate.ApprovedRefused when the day is none
    ApprovedDraft draft() {
        return new ApprovedDraft(
                questions.lines().toList(),
                text,
                rows.stream()
                        .filter(row -> !row.document().isBlank())
                        .map(row -> new ApprovedDraft.Source(row.id(), row.quote()))
                        .toList(),
                ApprovedDraft.day(expires));
    }

    /// As its page shows it: one row more than there is.
    View view(BiFunction<String, List<UUID>, Picks> picks) {
        List<View.Source> views = new ArrayList<>();
        for (Row row : rows) {
            List<UUID> chosen = row.document().isBlank() ? List.of() : List.of(row.id());
            views.add(new View.Source(row.quote(), picks.apply(row.find(), chosen)));
        }
        views.add(new View.Source("", picks.apply("", List.of())));
        return new View(questions, text, expires, views);
    }

    record View(String questions, String text, String expires, List<Source> rows) {

        record Source(String quote, Picks picks) {}
    }
}
