package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.evaluate.golden.Comparison;
import io.zhiwen.evaluate.golden.EvaluationRun;
import io.zhiwen.evaluate.golden.EvaluationRuns;
import io.zhiwen.evaluate.golden.QuestionResult;
import io.zhiwen.evaluate.golden.RunReliability;
import io.zhiwen.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// What came of a run, and two runs side by side, for admins.
@Controller
class RunPages {

    private static final int OTHERS = 30;

    private final EvaluationRuns runs;
    private final Library library;
    private final Access access;
    private final Words words;

    RunPages(EvaluationRuns runs, Library library, Access access, Words words) {
        this.runs = runs;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param state `good` or `bad`
    /// @param steps ranks after each step of the search
    record ResultView(
            String question,
            String state,
            String rank,
            String outcome,
            List<String> steps,
            String first) {}

    record RowView(
            String question,
            String verdict,
            String verdictText,
            String why,
            ResultView before,
            ResultView after) {}

    /// @param change as a signed number; empty where nothing changed
    record FigureRow(String label, String before, String after, String change, String verdict) {}

    @GetMapping("/admin/evaluation/runs/{run}")
    String run(Principal.User me, @PathVariable UUID run, Model model, Locale locale) {
        var one = found(me, run);
        frame(me, one, model);
        var view = RunView.of(one, words, locale);
        model.addAttribute("run", view);
        model.addAttribute("said", ProfileView.said(one.values(), words, locale));
        var results = runs.results(me, run);
        model.addAttribute("results", results.stream().map(r -> view(r, locale)).toList());
        model.addAttribute(
                "reliability", ReliabilityView.of(RunReliability.of(results), words, locale));
        model.addAttribute(
                "others",
                runs.of(me, one.base(), OTHERS).stream()
                        .filter(other -> !other.id().equals(run))
                        .filter(other -> other.state() == EvaluationRun.State.DONE)
                        .map(other -> RunView.of(other, words, locale))
                        .toList());
        return "evaluate/run";
    }

    @GetMapping("/admin/evaluation/compare")
    String compare(
            Principal.User me,
            @RequestParam @Nullable UUID before,
            @RequestParam @Nullable UUID after,
            Model model,
            Locale locale) {
        var one = found(me, before);
        var other = found(me, after);
        frame(me, one, model);
        var comparison = Comparison.of(runs.results(me, one.id()), runs.results(me, other.id()));
        var first = RunView.of(one, words, locale);
        var second = RunView.of(other, words, locale);
        model.addAttribute("before", first);
        model.addAttribute("after", second);
        model.addAttribute("beforeSaid", ProfileView.said(one.values(), words, locale));
        model.addAttribute("afterSaid", ProfileView.said(other.values(), words, locale));
        model.addAttribute("figures", figures(first, second, locale));
        model.addAttribute(
                "sum",
                words.say(
                        locale,
                        "evaluate.compare.sum",
                        comparison.with(Comparison.Verdict.WORSE).size(),
                        comparison.with(Comparison.Verdict.BETTER).size(),
                        comparison.with(Comparison.Verdict.SAME).size()));
        model.addAttribute("rows", comparison.rows().stream().map(r -> view(r, locale)).toList());
        return "evaluate/compare";
    }

    private EvaluationRun found(Principal.User me, @Nullable UUID run) {
        if (run == null) {
            throw new Faults.Gone();
        }
        return runs.find(me, run).orElseThrow(Faults.Gone::new);
    }

    private void frame(Principal.User me, EvaluationRun run, Model model) {
        var base = library.base(access.everythingFor(me), run.base()).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
    }

    private static List<FigureRow> figures(RunView before, RunView after, Locale locale) {
        var rows = new ArrayList<FigureRow>();
        for (int i = 0; i < Math.min(before.figures().size(), after.figures().size()); i++) {
            var one = before.figures().get(i);
            var other = after.figures().get(i);
            double change = other.value() - one.value();
            boolean isTime = i == before.figures().size() - 1;
            boolean same = Math.abs(change) < (isTime ? 0.5 : 0.0005);
            rows.add(
                    new FigureRow(
                            one.label(),
                            one.text(),
                            other.text(),
                            same ? "" : String.format(locale, isTime ? "%+.0f" : "%+.3f", change),
                            same
                                    ? "same"
                                    : change > 0 == other.higherIsBetter() ? "better" : "worse"));
        }
        return rows;
    }

    private RowView view(Comparison.Row row, Locale locale) {
        var verdict = row.verdict().name().toLowerCase(Locale.ROOT);
        var cause = row.cause();
        var why =
                cause == null
                        ? words.say(locale, "evaluate.cause.none")
                        : words.say(
                                locale, "evaluate.cause." + cause.name().toLowerCase(Locale.ROOT));
        return new RowView(
                row.after().text(),
                verdict,
                words.say(locale, "evaluate.verdict." + verdict),
                why,
                view(row.before(), locale),
                view(row.after(), locale));
    }

    private ResultView view(QuestionResult result, Locale locale) {
        var trail = result.measured().trail();
        var rank = result.measured().rank();
        var first = result.measured().first();
        var steps =
                trail == null
                        ? List.of("–", "–", "–", "–")
                        : List.of(
                                rank(trail.words()),
                                rank(trail.meaning()),
                                rank(trail.joined()),
                                rank(trail.last()));
        return new ResultView(
                result.text(),
                result.isBad() ? "bad" : "good",
                result.answerable() ? rank(rank) : "",
                outcome(result, locale),
                steps,
                first == null ? "" : first.document() + ": " + first.text());
    }

    private String outcome(QuestionResult result, Locale locale) {
        if (result.refused()) {
            return words.say(
                    locale,
                    result.answerable() ? "evaluate.result.refused" : "evaluate.result.rightly");
        }
        if (!result.answerable()) {
            return words.say(locale, "evaluate.result.wrongly");
        }
        var rank = result.measured().rank();
        return rank == null
                ? words.say(locale, "evaluate.result.missed")
                : words.say(locale, "evaluate.result.found", rank);
    }

    private static String rank(@Nullable Integer rank) {
        return rank == null ? "–" : rank.toString();
    }
}
