package io.zhiwen.pages;

import io.zhiwen.ingest.clean.Excerpt;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.HeldVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// A version that waits for a decision, in words.
///
/// @param ref what a form names it by
/// @param by who brought it
/// @param held since when, and by whom where a person holds it
/// @param live what readers find meanwhile
/// @param newer that a newer version is there; empty where none is
/// @param compared whether there may be something to compare it with
/// @param preview how its text begins
record HeldView(
        String ref,
        String id,
        int version,
        String name,
        String base,
        String baseName,
        String by,
        String held,
        String live,
        String newer,
        boolean compared,
        List<ReasonView> reasons,
        String preview) {

    /// @param places where it stands, in words; none where it has no place
    /// @param document that says nearly the same; empty for none
    record ReasonView(String title, String text, List<String> places, String document) {}

    /// @param names of the documents that reasons name
    static HeldView of(
            HeldVersion held,
            String preview,
            Map<DocumentId, String> names,
            Words words,
            Locale locale) {
        var formats = new Formats(locale);
        var live = held.live();
        var by = held.heldBy();
        var since = formats.moment(held.heldAt());
        return new HeldView(
                held.document() + ":" + held.version(),
                held.document().toString(),
                held.version(),
                held.fileName(),
                held.base().toString(),
                held.baseName(),
                name(held.uploadedBy()),
                by == null
                        ? words.say(locale, "held.since", since)
                        : words.say(locale, "held.since.by", since, name(by)),
                live == null
                        ? words.say(locale, "held.live.none")
                        : words.say(locale, "held.live", live),
                held.newest() == held.version()
                        ? ""
                        : words.say(locale, "held.newer", held.newest()),
                held.version() > 1,
                reasons(held.reasons(), names, words, locale),
                preview);
    }

    static List<ReasonView> reasons(
            List<HoldReason> reasons, Map<DocumentId, String> names, Words words, Locale locale) {
        return reasons.stream().map(reason -> reason(reason, names, words, locale)).toList();
    }

    private static ReasonView reason(
            HoldReason reason, Map<DocumentId, String> names, Words words, Locale locale) {
        var finding = reason.finding();
        var other = reason.document();
        var title = words.say(locale, "doubt." + reason.doubt().code());
        if (finding != null) {
            return new ReasonView(
                    title, sentence(finding, words, locale), places(reason, words, locale), "");
        }
        if (other != null) {
            var name = names.get(new DocumentId(other));
            var text =
                    name == null
                            ? words.say(locale, "held.alike.gone", reason.percent())
                            : words.say(locale, "held.alike", name, reason.percent());
            return new ReasonView(title, text, List.of(), name == null ? "" : other.toString());
        }
        return new ReasonView(title, reason.note(), List.of(), "");
    }

    private static String sentence(Finding finding, Words words, Locale locale) {
        return words.say(
                locale,
                "finding." + finding.kind().name().toLowerCase(Locale.ROOT),
                Finding.ranges(finding.pages()),
                finding.amount(),
                finding.pages().size());
    }

    private static List<String> places(HoldReason reason, Words words, Locale locale) {
        List<String> places = new ArrayList<>();
        var pages = Objects.requireNonNull(reason.finding()).pages();
        if (!pages.isEmpty()) {
            places.add(words.say(locale, "held.pages", Finding.ranges(pages)));
        }
        for (Excerpt excerpt : reason.excerpts()) {
            var where = SourceView.where(excerpt.page(), excerpt.sheet(), words, locale);
            places.add(
                    where.isEmpty()
                            ? words.say(locale, "held.excerpt", excerpt.text())
                            : words.say(locale, "held.excerpt.at", where, excerpt.text()));
        }
        return places;
    }

    static String name(String label) {
        return label.replaceFirst("^(user|key|source):", "");
    }
}
