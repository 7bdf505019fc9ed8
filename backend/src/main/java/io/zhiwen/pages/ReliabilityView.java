package io.zhiwen.pages;

import io.zhiwen.evaluate.RefusalPoint;
import io.zhiwen.evaluate.Reliability;
import io.zhiwen.evaluate.golden.RunReliability;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;

/// How far a run's relevance can be relied on, in words and as a chart.
///
/// @param refusal empty when all questions are of one kind
record ReliabilityView(String said, ChartView chart, List<BinRow> bins, List<PointRow> refusal) {

    record BinRow(String bin, int count, String predicted, String right) {}

    record PointRow(String threshold, String answered, String refused) {}

    static ReliabilityView of(RunReliability run, Words words, Locale locale) {
        var reliability = run.reliability();
        var format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(2);
        format.setMaximumFractionDigits(2);
        return new ReliabilityView(
                words.say(
                        locale,
                        "evaluate.reliability.what",
                        format.format(reliability.error()),
                        reliability.passages()),
                ChartView.of(reliability, words, locale),
                reliability.bins().stream().map(bin -> row(bin, format)).toList(),
                run.refusal().stream()
                        .filter(point -> Math.round(point.threshold() * 100) % 10 == 0)
                        .map(point -> row(point, format))
                        .toList());
    }

    private static BinRow row(Reliability.Bin bin, NumberFormat format) {
        return new BinRow(
                bin(bin), bin.count(), format.format(bin.predicted()), format.format(bin.right()));
    }

    private static PointRow row(RefusalPoint point, NumberFormat format) {
        return new PointRow(
                format.format(point.threshold()),
                format.format(point.falseAnswers()),
                format.format(point.falseRefusals()));
    }

    static String bin(Reliability.Bin bin) {
        return String.format(Locale.ROOT, "%.1f–%.1f", bin.from(), bin.to());
    }
}
