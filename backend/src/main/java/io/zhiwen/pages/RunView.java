package io.zhiwen.pages;

import io.zhiwen.evaluate.golden.EvaluationRun;
import io.zhiwen.evaluate.golden.RunFigures;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A run in words and figures.
///
/// @param profile its name
/// @param profileId empty for the one of the settings
/// @param state `running`, `done` or `failed`
/// @param figures in the order of the labels
record RunView(
        String id,
        String profile,
        String profileId,
        String state,
        String stateText,
        int questions,
        int done,
        String at,
        String atText,
        String by,
        List<Figure> figures) {

    /// @param value from 0 to 1, or milliseconds
    record Figure(String label, String text, double value, boolean higherIsBetter) {}

    static RunView of(EvaluationRun run, Words words, Locale locale) {
        var profile = run.profile();
        var state = run.state().word();
        return new RunView(
                run.id().toString(),
                ProfileView.name(run.profileName(), words, locale),
                profile == null ? "" : profile.toString(),
                state,
                words.say(locale, "evaluate.state." + state, run.done(), run.questions()),
                run.questions(),
                run.done(),
                run.startedAt().toString(),
                new Formats(locale).moment(run.startedAt()),
                run.by(),
                figures(run.figures(), words, locale));
    }

    private static List<Figure> figures(@Nullable RunFigures of, Words words, Locale locale) {
        if (of == null) {
            return List.of();
        }
        return List.of(
                share("evaluate.figure.hit1", of.hit1(), true, words, locale),
                share("evaluate.figure.recall10", of.recall10(), true, words, locale),
                share("evaluate.figure.mrr10", of.mrr10(), true, words, locale),
                share("evaluate.figure.ndcg10", of.ndcg10(), true, words, locale),
                share("evaluate.figure.refused", of.falseRefusals(), false, words, locale),
                share("evaluate.figure.answered", of.falseAnswers(), false, words, locale),
                new Figure(
                        words.say(locale, "evaluate.figure.p95"),
                        words.say(locale, "evaluate.ms", Math.round(of.p95())),
                        of.p95(),
                        false));
    }

    private static Figure share(
            String key, double value, boolean higherIsBetter, Words words, Locale locale) {
        var format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(3);
        format.setMaximumFractionDigits(3);
        return new Figure(words.say(locale, key), format.format(value), value, higherIsBetter);
    }
}
