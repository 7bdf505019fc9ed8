package io.zhiwen.pages;

import io.zhiwen.curate.dashboard.Figures;
import io.zhiwen.curate.dashboard.Overview;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The pictures of the dashboard. The same thing has the same colour in each.
final class DashboardPlots {

    private final Overview overview;
    private final Words words;
    private final Locale locale;
    private final Formats formats;

    DashboardPlots(Overview overview, Words words, Locale locale) {
        this.overview = overview;
        this.words = words;
        this.locale = locale;
        this.formats = new Formats(locale);
    }

    List<PlotView> all() {
        return List.of(
                bars(
                        "questions",
                        amounts("accent", "answered", f -> f.answers().sound()),
                        amounts("warn", "unsupported", f -> f.answers().unsupported()),
                        amounts("bad", "refused", f -> f.answers().refused()),
                        amounts("muted", "stopped", f -> f.answers().stopped())),
                bars("readers", amounts("accent", "readers", f -> f.answers().readers())),
                bars(
                        "feedback",
                        amounts("good", "good", f -> f.ratings().good()),
                        amounts("bad", "bad", f -> f.ratings().bad())),
                PlotView.lines(
                        new PlotView.Frame("first", say("first.plot"), days(), this::time),
                        List.of(
                                times("accent", "half", f -> f.answers().firstToken()),
                                times("muted", "most", f -> f.answers().firstTokenMost()))),
                bars(
                        "tokens",
                        amounts("accent", "prompt", f -> f.tokens().prompt()),
                        amounts("good", "answer", f -> f.tokens().answer())),
                bars("failures", amounts("bad", "failures", Figures::failures)));
    }

    private PlotView bars(String code, PlotView.Series... series) {
        var frame = new PlotView.Frame(code, say(code), days(), formats::number);
        return PlotView.bars(frame, List.of(series));
    }

    private PlotView.Series amounts(String kind, String code, ToLongFunction<Figures> figure) {
        return series(kind, code, figure, formats::number);
    }

    private PlotView.Series times(
            String kind, String code, Function<Figures, @Nullable Integer> figure) {
        ToLongFunction<Figures> millis =
                figures -> Objects.requireNonNullElse(figure.apply(figures), 0);
        return series(kind, code, millis, this::time);
    }

    private PlotView.Series series(
            String kind, String code, ToLongFunction<Figures> figure, LongFunction<String> write) {
        return new PlotView.Series(
                kind,
                say("key." + code),
                write.apply(figure.applyAsLong(overview.total())),
                overview.steps().stream().map(step -> figure.applyAsLong(step.figures())).toList());
    }

    private List<String> days() {
        return overview.steps().stream().map(this::day).toList();
    }

    private String day(Overview.Step step) {
        return formats.dayOr(step.begins().toString());
    }

    /// 0 where no model answered.
    private String time(long millis) {
        return millis == 0 ? "–" : formats.duration(Duration.ofMillis(millis));
    }

    private String say(String key) {
        return words.say(locale, "dashboard." + key);
    }
}
