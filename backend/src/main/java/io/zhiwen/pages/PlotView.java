package io.zhiwen.pages;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/// Amounts over time as stacked bars, or times as lines, of an SVG of 340 by 130, zero at the
/// bottom.
///
/// @param most what the top stands for
/// @param keys what each colour is, and how much of it there is
record PlotView(
        String code,
        String title,
        List<Key> keys,
        String most,
        String first,
        String last,
        List<Bar> bars,
        List<Line> lines) {

    private static final double LEFT = 44;
    private static final double WIDTH = 290;
    private static final double TOP = 10;
    private static final double HEIGHT = 96;
    private static final double GAP = 0.18;

    /// Amounts of one kind, one for each step.
    ///
    /// @param kind its colour
    /// @param total of all steps, as it is written
    record Series(String kind, String label, String total, List<Long> values) {}

    record Key(String kind, String label, String total) {}

    /// @param title what stands for this step, in words
    record Bar(String x, String width, String title, List<Piece> pieces) {}

    record Piece(String kind, String y, String height) {}

    record Line(String kind, String points, List<Dot> dots) {}

    record Dot(String x, String y) {}

    /// What is written beside the picture.
    ///
    /// @param steps the first day of each step
    /// @param write how its amounts are written
    record Frame(String code, String title, List<String> steps, LongFunction<String> write) {}

    static PlotView bars(Frame frame, List<Series> series) {
        long most = most(frame, series, true);
        double step = WIDTH / Math.max(1, frame.steps().size());
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < frame.steps().size(); i++) {
            List<Piece> pieces = new ArrayList<>();
            double floor = TOP + HEIGHT;
            for (Series one : series) {
                double height = HEIGHT * one.values().get(i) / Math.max(1, most);
                floor -= height;
                if (height > 0) {
                    pieces.add(new Piece(one.kind(), text(floor), text(height)));
                }
            }
            bars.add(
                    new Bar(
                            text(LEFT + step * (i + GAP / 2)),
                            text(step * (1 - GAP)),
                            title(frame, series, i),
                            pieces));
        }
        return of(frame, series, most, bars, List.of());
    }

    /// A step without a value, written as 0, is left out.
    static PlotView lines(Frame frame, List<Series> series) {
        long most = most(frame, series, false);
        double step = WIDTH / Math.max(1, frame.steps().size());
        List<Line> lines =
                series.stream()
                        .map(one -> line(one, step, most))
                        .filter(line -> !line.dots().isEmpty())
                        .toList();
        List<Bar> hovered =
                IntStream.range(0, frame.steps().size())
                        .mapToObj(
                                i ->
                                        new Bar(
                                                text(LEFT + step * i),
                                                text(step),
                                                title(frame, series, i),
                                                List.of()))
                        .toList();
        return of(frame, series, most, hovered, lines);
    }

    /// The highest bar, or point.
    private static long most(Frame frame, List<Series> series, boolean stacked) {
        return IntStream.range(0, frame.steps().size())
                .mapToLong(
                        i -> {
                            var values = series.stream().mapToLong(one -> one.values().get(i));
                            return stacked ? values.sum() : values.max().orElse(0);
                        })
                .max()
                .orElse(0);
    }

    private static Line line(Series series, double step, long most) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < series.values().size(); i++) {
            long value = series.values().get(i);
            if (value > 0) {
                dots.add(
                        new Dot(
                                text(LEFT + step * (i + 0.5)),
                                text(TOP + HEIGHT * (1 - value / (double) most))));
            }
        }
        return new Line(
                series.kind(),
                dots.stream().map(dot -> dot.x() + "," + dot.y()).collect(joining(" ")),
                dots);
    }

    private static PlotView of(
            Frame frame, List<Series> series, long most, List<Bar> bars, List<Line> lines) {
        return new PlotView(
                frame.code(),
                frame.title(),
                series.stream().map(one -> new Key(one.kind(), one.label(), one.total())).toList(),
                frame.write().apply(most),
                frame.steps().isEmpty() ? "" : frame.steps().getFirst(),
                frame.steps().isEmpty() ? "" : frame.steps().getLast(),
                bars,
                lines);
    }

    private static String title(Frame frame, List<Series> series, int step) {
        var title = new StringBuilder(frame.steps().get(step));
        series.forEach(
                one ->
                        title.append("\n")
                                .append(one.label())
                                .append(' ')
                                .append(frame.write().apply(one.values().get(step))));
        return title.toString();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
