package io.zhiwen.evaluate;

import io.zhiwen.ask.retrieve.Calibration;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Fits one calibration on several sets, each weighing the same. For one thread.
final class Fitting {

    private static final int LONGEST_LIST = 4;

    private record Part(String set, List<CalibrationFit.Sample> samples) {}

    private final List<Part> parts = new ArrayList<>();

    void add(String set, List<CalibrationFit.Sample> samples) {
        parts.add(new Part(set, samples));
    }

    /// Prints how reliable relevance was, and is with the fit, and gives the fit.
    Calibration fitted(Calibration before, PrintStream out) {
        List<CalibrationFit.Sample> samples = weighted();
        Calibration fitted = CalibrationFit.of(samples, before, name(samples));
        out.printf("%n## Calibration %s%n%nAs it was (%s):%n", fitted.name(), before.name());
        ReportText.reliability(
                Reliability.of(samples.stream().map(one -> one.by(before)).toList()), out);
        out.printf("%nFitted, each half of the questions judged by a fit on the other half:%n");
        ReportText.reliability(Reliability.of(CalibrationFit.crossed(samples, before)), out);
        return fitted;
    }

    private List<CalibrationFit.Sample> weighted() {
        int all = parts.stream().mapToInt(part -> part.samples().size()).sum();
        List<CalibrationFit.Sample> samples = new ArrayList<>();
        int questions = 0;
        for (Part part : parts) {
            double weight = all / (double) (parts.size() * Math.max(1, part.samples().size()));
            for (CalibrationFit.Sample one : part.samples()) {
                samples.add(
                        new CalibrationFit.Sample(
                                questions + one.question(),
                                one.translated(),
                                one.signals(),
                                one.late(),
                                one.right(),
                                weight));
            }
            questions = samples.isEmpty() ? 0 : samples.getLast().question();
        }
        return samples;
    }

    private String name(List<CalibrationFit.Sample> samples) {
        List<String> sets = parts.stream().map(Part::set).toList();
        String listed =
                sets.size() <= LONGEST_LIST
                        ? String.join(", ", sets)
                        : String.join(", ", sets.subList(0, LONGEST_LIST))
                                + ", %d more".formatted(sets.size() - LONGEST_LIST);
        return String.format(
                Locale.ROOT,
                "%s (%d questions)",
                listed.length() > 150 ? listed.substring(0, 150) : listed,
                samples.isEmpty() ? 0 : samples.getLast().question());
    }
}
