package io.zhiwen.pages;

import io.zhiwen.evaluate.Reliability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Figures as lines of an SVG of 640 by 180, zero at the bottom, one at the top.
record ChartView(List<Line> lines) {

    private static final double LEFT = 34;
    private static final double WIDTH = 480;
    private static final double TOP = 12;
    private static final double HEIGHT = 150;
    private static final double LABEL = 16;

    /// Which figures of a run are drawn.
    private static final List<Integer> DRAWN = List.of(0, 3, 4);

    /// @param kind 0, 1, ...: its colour and dashes
    /// @param labelY where its name stands without covering another
    record Line(int kind, String label, String points, List<Dot> dots, String labelY) {}

    record Dot(String x, String y, String title) {}

    /// @param runs newest first, as tables have them; only those that are done
    static ChartView of(List<RunView> runs) {
        var done = runs.stream().filter(run -> !run.figures().isEmpty()).toList().reversed();
        if (done.size() < 2) {
            return new ChartView(List.of());
        }
        var lines = new ArrayList<Line>();
        var taken = new ArrayList<Double>();
        for (int kind = 0; kind < DRAWN.size(); kind++) {
            lines.add(line(kind, DRAWN.get(kind), done, taken));
        }
        return new ChartView(List.copyOf(lines));
    }

    /// Share of right passages over relevance, beside where it should be.
    static ChartView of(Reliability reliability, Words words, Locale locale) {
        if (reliability.bins().isEmpty()) {
            return new ChartView(List.of());
        }
        var dots = new ArrayList<Dot>();
        var points = new StringBuilder();
        double last = 0;
        for (Reliability.Bin bin : reliability.bins()) {
            double x = LEFT + WIDTH * bin.predicted();
            last = TOP + HEIGHT * (1 - bin.right());
            dots.add(
                    new Dot(
                            text(x),
                            text(last),
                            words.say(
                                    locale,
                                    "evaluate.reliability.dot",
                                    ReliabilityView.bin(bin),
                                    Math.round(bin.right() * bin.count()),
                                    bin.count())));
            points.append(text(x)).append(',').append(text(last)).append(' ');
        }
        double label = nearTo(TOP).test(last) ? last + LABEL : last;
        var perfect =
                text(LEFT) + "," + text(TOP + HEIGHT) + " " + text(LEFT + WIDTH) + "," + text(TOP);
        return new ChartView(
                List.of(
                        new Line(
                                0,
                                words.say(locale, "evaluate.reliability.measured"),
                                points.toString().strip(),
                                dots,
                                text(label + 4)),
                        new Line(
                                1,
                                words.say(locale, "evaluate.reliability.perfect"),
                                perfect,
                                List.of(),
                                text(TOP + 4))));
    }

    private static Line line(int kind, int figure, List<RunView> runs, List<Double> taken) {
        var dots = new ArrayList<Dot>();
        var points = new StringBuilder();
        double last = 0;
        for (int i = 0; i < runs.size(); i++) {
            var shown = runs.get(i).figures().get(figure);
            double x = LEFT + WIDTH * i / (runs.size() - 1);
            last = TOP + HEIGHT * (1 - shown.value());
            dots.add(
                    new Dot(
                            text(x),
                            text(last),
                            runs.get(i).profile() + ": " + shown.label() + " " + shown.text()));
            points.append(text(x)).append(',').append(text(last)).append(' ');
        }
        double label = last;
        while (taken.stream().anyMatch(nearTo(label))) {
            label += label > TOP + HEIGHT / 2 ? -LABEL : LABEL;
        }
        taken.add(label);
        var name = runs.getLast().figures().get(figure).label();
        return new Line(kind, name, points.toString().strip(), dots, text(label + 4));
    }

    private static java.util.function.Predicate<Double> nearTo(double y) {
        return other -> Math.abs(other - y) < LABEL;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
