package io.zhiwen.evaluate.trust;

import io.zhiwen.ask.cite.SupportCheck;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `./run bench citations DIR`: how well the check of citations tells true sentences from those
/// made
/// untrue, per kind of untruth. Precision is against the true sentences of the same pairs, as many
/// of them as of the kind.
public final class CitationBenchmark {

    private static final List<String> SETS = List.of("squad-dev", "cmrc-dev", "drcd-dev");

    /// The weights of the check were fitted on the first questions after the fixed shuffle.
    private static final int FITTED_ON = 300;

    private static final int QUESTIONS = 300;

    private CitationBenchmark() {}

    private static final class Count {
        private int pairs;
        private int flagged;

        private void add(Count other) {
            pairs += other.pairs;
            flagged += other.flagged;
        }

        private double rate() {
            return pairs == 0 ? Double.NaN : (double) flagged / pairs;
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: ./run bench citations DIR    (holds " + SETS + ")");
            System.exit(2);
        }
        run(Path.of(arguments[0]), System.out);
    }

    private static void run(Path folder, PrintStream out) throws IOException {
        long begun = System.nanoTime();
        int judged = 0;
        Map<Pair.Kind, Count> together = new EnumMap<>(Pair.Kind.class);
        try (Encoders encoders = BundledEncoders.open()) {
            for (String name : SETS) {
                AnsweredSet all = AnsweredSet.read(folder.resolve(name), FITTED_ON + QUESTIONS);
                int from = Math.min(FITTED_ON, all.questions().size());
                AnsweredSet fresh =
                        new AnsweredSet(
                                name,
                                all.documents(),
                                all.questions().subList(from, all.questions().size()));
                List<Pair> pairs = Pairs.of(fresh);
                for (Pair.Style style : Pair.Style.values()) {
                    Map<Pair.Kind, Count> counts = count(pairs, style, encoders);
                    print(name + ", " + style.words(), counts, out);
                    counts.forEach(
                            (kind, count) ->
                                    together.computeIfAbsent(kind, _ -> new Count()).add(count));
                }
                judged += pairs.size();
            }
        }
        print("all together", together, out);
        out.printf(
                Locale.ROOT,
                "%n%d pairs, %.1f ms each, one thread%n",
                judged,
                (System.nanoTime() - begun) / 1e6 / judged);
    }

    private static Map<Pair.Kind, Count> count(
            List<Pair> pairs, Pair.Style style, Encoders encoders) {
        Map<Pair.Kind, Count> counts = new EnumMap<>(Pair.Kind.class);
        for (Pair pair : pairs) {
            if (pair.style() == style) {
                var source = new SupportCheck.Source(pair.passage(), pair.title());
                var check = new SupportCheck(encoders, List.of(source));
                Count count = counts.computeIfAbsent(pair.kind(), _ -> new Count());
                count.pairs++;
                count.flagged += check.judge(pair.claim(), List.of(1)).holds() ? 0 : 1;
            }
        }
        return counts;
    }

    private static void print(String of, Map<Pair.Kind, Count> counts, PrintStream out) {
        Count truth = counts.getOrDefault(Pair.Kind.TRUE, new Count());
        out.printf(
                Locale.ROOT,
                "%n%s: %d true, %.3f of them wrongly marked%n",
                of,
                truth.pairs,
                truth.rate());
        out.printf("  %-16s %6s %10s %7s%n", "made untrue by", "pairs", "precision", "recall");
        counts.forEach(
                (kind, count) -> {
                    if (kind != Pair.Kind.TRUE) {
                        double recall = count.rate();
                        out.printf(
                                Locale.ROOT,
                                "  %-16s %6d %10.3f %7.3f%n",
                                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                count.pairs,
                                recall / (recall + truth.rate()),
                                recall);
                    }
                });
    }
}
