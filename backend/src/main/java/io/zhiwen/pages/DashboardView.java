package io.zhiwen.pages;

import io.zhiwen.curate.dashboard.Figures;
import io.zhiwen.curate.dashboard.Overview;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The dashboard as its page shows it.
///
/// @param asked whether there was any question
/// @param rows the steps in figures, the newest first
/// @param unused how many documents no answer rests on, as it is written
record DashboardView(
        boolean asked,
        boolean weeks,
        List<Tile> tiles,
        List<PlotView> plots,
        List<String> heads,
        List<Row> rows,
        List<Row> bases,
        List<Used> used,
        String unused,
        List<Used> idle,
        List<Failed> failures) {

    private static final List<String> HEADS =
            List.of(
                    "questions",
                    "readers",
                    "answered",
                    "refused",
                    "unsupported",
                    "key.good",
                    "key.bad",
                    "first",
                    "tokens",
                    "failures");

    /// @param share of what, in words; may be empty
    record Tile(String code, String label, String value, String share) {}

    /// @param id of a base; empty for a step
    /// @param cells under the heads
    record Row(String id, String name, List<String> cells) {}

    record Used(String id, String name, String base, String times) {}

    record Failed(String reason, String count) {}

    static DashboardView of(Overview overview, Words words, Locale locale) {
        return new Writer(words, locale, new Formats(locale)).view(overview);
    }

    private record Writer(Words words, Locale locale, Formats formats) {

        DashboardView view(Overview overview) {
            return new DashboardView(
                    overview.total().answers().questions() > 0,
                    overview.period().inWeeks(),
                    tiles(overview),
                    new DashboardPlots(overview, words, locale).all(),
                    HEADS.stream().map(this::say).toList(),
                    overview.steps().reversed().stream()
                            .map(step -> row("", day(step), step.figures()))
                            .toList(),
                    overview.bases().stream()
                            .map(one -> row(one.base().toString(), one.name(), one.figures()))
                            .toList(),
                    overview.used().stream().map(this::used).toList(),
                    formats.number(overview.unused()),
                    overview.idle().stream().map(this::used).toList(),
                    overview.failures().stream().map(this::failed).toList());
        }

        private List<Tile> tiles(Overview overview) {
            var total = overview.total();
            var answers = total.answers();
            return List.of(
                    tile("questions", formats.number(answers.questions()), ""),
                    tile("readers", formats.number(answers.readers()), ""),
                    part("answered", answers.answered(), answers.questions()),
                    part("refused", answers.refused(), answers.questions()),
                    part("unsupported", answers.unsupported(), answers.answered()),
                    tile(
                            "feedback",
                            say("feedback.value", total.ratings().good(), total.ratings().bad()),
                            ""),
                    tile(
                            "first",
                            time(answers.firstToken()),
                            answers.firstTokenMost() == null
                                    ? ""
                                    : say("first.most", time(answers.firstTokenMost()))),
                    tile("tokens", formats.number(total.tokens().all()), ""),
                    tile("unused", formats.number(overview.unused()), ""),
                    tile("failures", formats.number(total.failures()), ""));
        }

        private Tile tile(String code, String value, String share) {
            return new Tile(code, say(code), value, share);
        }

        private Tile part(String code, long count, long of) {
            return tile(
                    code,
                    formats.number(count),
                    of == 0 ? "" : say("share", Math.round(100.0 * count / of)));
        }

        private Row row(String id, String name, Figures figures) {
            var answers = figures.answers();
            return new Row(
                    id,
                    name,
                    List.of(
                            formats.number(answers.questions()),
                            formats.number(answers.readers()),
                            formats.number(answers.answered()),
                            formats.number(answers.refused()),
                            formats.number(answers.unsupported()),
                            formats.number(figures.ratings().good()),
                            formats.number(figures.ratings().bad()),
                            time(answers.firstToken()),
                            formats.number(figures.tokens().all()),
                            formats.number(figures.failures())));
        }

        private Used used(Overview.Used one) {
            return new Used(
                    one.document().toString(), one.name(), one.base(), formats.number(one.times()));
        }

        private Failed failed(Overview.Failed one) {
            return new Failed(
                    RowView.reason(one.reason().isEmpty() ? null : one.reason(), words, locale),
                    formats.number(one.count()));
        }

        private String day(Overview.Step step) {
            return formats.dayOr(step.begins().toString());
        }

        private String time(@Nullable Integer millis) {
            return millis == null ? "–" : formats.duration(Duration.ofMillis(millis));
        }

        private String say(String key, Object... values) {
            return words.say(locale, "dashboard." + key, values);
        }
    }
}
