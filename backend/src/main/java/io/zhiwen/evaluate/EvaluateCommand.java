package io.zhiwen.evaluate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.zhiwen.ask.AnswerSettings;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.evaluate.profile.CalibrationFile;
import io.zhiwen.evaluate.profile.ProfileRefused;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `./run evaluate DIR...`: asks the questions of evaluation sets and prints how well each part of
/// the retrieval finds the answers. Touches nothing of an installation and needs no model server.
public final class EvaluateCommand {

    static final String USAGE =
            """
            usage: ./run evaluate [--answers] [--profile NAME] [--limit N] [--json FILE] [--cache DIR]
                              [--calibration FILE] [--fit FILE] DIR...
              DIR             a set (corpus.jsonl, queries.jsonl, qrels.tsv), or a folder of sets
              --answers       how often the answers given without a model hold what the set names
              --profile NAME  %s
              --limit N       the first N questions of each set after a fixed shuffle
              --json FILE     the figures as JSON: an object for one set, an array for several
              --calibration FILE  reckon relevance as a fit says that was written before
              --fit FILE      fit a calibration on the questions of all sets and write it there
              --cache DIR     keep what was encoded there, so that the next run is quicker\
            """
                    .formatted(Profiles.names());

    private EvaluateCommand() {}

    public static void main(String[] arguments) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        }
        System.exit(run(arguments, System.out, System.err));
    }

    /// @param answers whether answers are measured, not rankings
    /// @param limit questions of each set
    private record Options(
            List<Path> folders,
            boolean answers,
            String profile,
            int limit,
            @Nullable Path json,
            @Nullable Path cache,
            Calibration calibration,
            @Nullable Path fit) {

        RetrievalProfile retrieval() {
            return Profiles.named(profile).orElseThrow().withCalibration(calibration);
        }
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Options options = options(arguments);
            String json =
                    options.answers() ? answers(options, out, err) : retrieval(options, out, err);
            if (options.json() != null) {
                Files.writeString(options.json(), json);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (UnusableSet e) {
            err.println(e.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("The evaluation broke off: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    /// What is measured of one set.
    @FunctionalInterface
    private interface Measure<R> {
        R of(EvaluationSet set, Encoders encoders) throws IOException, InterruptedException;
    }

    private static String retrieval(Options options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        RetrievalProfile profile = options.retrieval();
        Fitting fitting = new Fitting();
        List<EvaluationReport> reports =
                each(
                        options,
                        err,
                        (set, encoders) -> {
                            try (var evaluation =
                                    new Evaluation(
                                            set,
                                            options.profile(),
                                            profile,
                                            AnswerSettings.DEFAULT,
                                            encoders)) {
                                EvaluationReport report = evaluation.run();
                                ReportText.print(report, out);
                                fitting.add(set.name(), evaluation.samples());
                                return report;
                            }
                        });
        if (options.fit() != null) {
            Calibration fitted = fitting.fitted(options.calibration(), out);
            Files.writeString(options.fit(), CalibrationFile.written(fitted));
        }
        return ReportJson.of(reports);
    }

    private static String answers(Options options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        RetrievalProfile profile = options.retrieval();
        return AnswersReport.json(
                each(
                        options,
                        err,
                        (set, encoders) -> {
                            try (var evaluation =
                                    new AnswersEvaluation(
                                            set, profile, AnswerSettings.DEFAULT, encoders)) {
                                AnswersReport report = evaluation.run();
                                report.print(out);
                                return report;
                            }
                        }));
    }

    private static <R> List<R> each(Options options, PrintStream err, Measure<R> measure)
            throws IOException, InterruptedException {
        List<Path> folders = new ArrayList<>();
        for (Path folder : options.folders()) {
            folders.addAll(SetReader.setsIn(folder));
        }
        List<R> reports = new ArrayList<>();
        Encoders bundled = BundledEncoders.open();
        try (Encoder chinese = kept(bundled.chinese(), options.cache());
                Encoder english = kept(bundled.english(), options.cache())) {
            for (Path folder : folders) {
                EvaluationSet set = SetReader.read(folder, options.limit());
                err.printf(
                        "%s: %d documents, %d questions%n",
                        set.name(), set.documents().size(), set.questions().size());
                reports.add(measure.of(set, new Encoders(chinese, english)));
            }
        }
        return reports;
    }

    private static Encoder kept(Encoder encoder, @Nullable Path cache) throws IOException {
        return cache == null ? encoder : new CachedEncoder(encoder, cache);
    }

    private static Options options(String[] arguments) throws IOException {
        List<Path> folders = new ArrayList<>();
        boolean answers = false;
        String profile = Profiles.DEFAULT;
        int limit = Integer.MAX_VALUE;
        Path json = null;
        Path cache = null;
        Calibration calibration = Calibration.BUNDLED;
        Path fit = null;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--answers" -> answers = true;
                case "--profile" -> profile = valueOf(arguments, ++i);
                case "--limit" -> limit = number(valueOf(arguments, ++i));
                case "--json" -> json = Path.of(valueOf(arguments, ++i));
                case "--calibration" -> calibration = calibration(Path.of(valueOf(arguments, ++i)));
                case "--fit" -> fit = Path.of(valueOf(arguments, ++i));
                case "--cache" -> cache = Path.of(valueOf(arguments, ++i));
                default -> {
                    if (argument.startsWith("--")) {
                        throw new IllegalArgumentException(argument + " is not an option");
                    }
                    folders.add(Path.of(argument));
                }
            }
        }
        if (folders.isEmpty()) {
            throw new IllegalArgumentException("which folder?");
        }
        if (Profiles.named(profile).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no profile " + profile + ", only " + Profiles.names());
        }
        if (fit != null && answers) {
            throw new IllegalArgumentException("--fit looks at passages, not at --answers");
        }
        return new Options(
                List.copyOf(folders), answers, profile, limit, json, cache, calibration, fit);
    }

    private static Calibration calibration(Path file) throws IOException {
        try {
            return CalibrationFile.read(Files.readString(file));
        } catch (ProfileRefused refused) {
            throw new IllegalArgumentException(file + ": " + refused.getMessage(), refused);
        }
    }

    private static String valueOf(String[] arguments, int i) {
        if (i >= arguments.length) {
            throw new IllegalArgumentException(arguments[i - 1] + " needs a value");
        }
        return arguments[i];
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("--limit " + text + " is not a number above 0");
    }
}
