package io.zhiwen.curate;

import static java.util.Comparator.comparingDouble;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Prints how well questions of one meaning are told from near ones, as `SameQuestion` does it for
/// approved answers and as the work list does it: `main SHARED`, where `SHARED/eval` holds the
/// evaluation sets.
final class SameQuestionBenchmark {

    private static final List<String> SETS =
            List.of("squad-dev", "cmrc-dev", "drcd-dev", "netop-dev", "rgb-zh-dev", "rgb-en-dev");
    private static final int OF_A_SET = 1200;
    private static final int STRANGERS = 1501;

    private SameQuestionBenchmark() {}

    private record Known(
            String id, String text, Set<String> answers, ApprovedStore.Encoded encoded) {

        Language language() {
            return Language.of(text);
        }
    }

    private record Asked(String text, Known itself, boolean reworded) {}

    private record Found(Asked asked, Known nearest, double similarity) {

        boolean right() {
            return asked.reworded() && nearest.equals(asked.itself());
        }
    }

    public static void main(String[] args) throws IOException {
        try (Encoders encoders = BundledEncoders.open()) {
            var reworded = Files.readAllLines(Path.of(file("paraphrases.tsv")));
            List<Known> known = known(Path.of(args[0], "eval"), encoders, reworded);
            List<Asked> asked = asked(known, reworded);
            for (Language language : Language.values()) {
                List<Asked> spoken =
                        asked.stream().filter(one -> Language.of(one.text()) == language).toList();
                System.out.printf(
                        "%s, approved answers: least cosine | rewordings matched | others matched%n",
                        language);
                List<Found> same =
                        spoken.stream().map(one -> nearest(one, known, encoders, true)).toList();
                List.of(0.9, 0.925, 0.94, 0.95, 0.96).forEach(at -> print(same, at));
                System.out.printf(
                        "%s, work list: least cosine | rewordings joined | others joined%n",
                        language);
                List<Found> near =
                        spoken.stream().map(one -> nearest(one, known, encoders, false)).toList();
                List.of(0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.92).forEach(at -> print(near, at));
            }
        }
    }

    private static void print(List<Found> found, double at) {
        long rewordings = found.stream().filter(one -> one.asked().reworded()).count();
        long others = found.size() - rewordings;
        long right = found.stream().filter(f -> f.right() && f.similarity() >= at).count();
        long wrong =
                found.stream()
                        .filter(f -> !f.right() && f.similarity() >= at)
                        .filter(
                                f ->
                                        Collections.disjoint(
                                                f.asked().itself().answers(),
                                                f.nearest().answers()))
                        .count();
        System.out.printf(
                "%.3f | %d of %d (%.0f %%) | %d of %d (%.2f %%)%n",
                at,
                right,
                rewordings,
                100.0 * right / rewordings,
                wrong,
                others,
                100.0 * wrong / others);
    }

    /// @param strict whether one that words tell apart is passed over
    private static Found nearest(
            Asked asked, List<Known> known, Encoders encoders, boolean strict) {
        var encoded = ApprovedMatching.encoded(asked.text(), encoders);
        String folded = SameQuestion.folded(asked.text());
        return known.stream()
                .filter(one -> asked.reworded() || !one.equals(asked.itself()))
                .filter(one -> one.language() == Language.of(asked.text()))
                .map(one -> new Found(asked, one, encoded.similarity(one.encoded())))
                .sorted(comparingDouble(Found::similarity).reversed())
                .filter(
                        one ->
                                !strict
                                        || !SameQuestion.differ(
                                                folded, SameQuestion.folded(one.nearest().text())))
                .findFirst()
                .orElse(new Found(asked, asked.itself(), -1));
    }

    private static List<Known> known(Path eval, Encoders encoders, List<String> reworded)
            throws IOException {
        Set<String> wanted =
                reworded.stream().map(line -> line.split("\t")[0]).collect(Collectors.toSet());
        var json = JsonMapper.builder().build();
        List<Known> known = new ArrayList<>();
        for (String set : SETS) {
            int count = 0;
            for (String line : Files.readAllLines(eval.resolve(set).resolve("queries.jsonl"))) {
                var node = json.readTree(line);
                String id = node.get("id").asString();
                if (++count <= OF_A_SET || wanted.contains(id)) {
                    String text = node.get("text").asString();
                    Set<String> answers = new HashSet<>();
                    node.get("answers").forEach(answer -> answers.add(answer.asString()));
                    var encoded = ApprovedMatching.encoded(text, encoders);
                    known.add(new Known(id, text, answers, encoded));
                }
            }
        }
        return known;
    }

    private static List<Asked> asked(List<Known> known, List<String> reworded) {
        List<Asked> asked = new ArrayList<>();
        for (String line : reworded) {
            var cells = List.of(line.split("\t"));
            Known itself =
                    known.stream()
                            .filter(one -> one.id().equals(cells.getFirst()))
                            .findFirst()
                            .orElseThrow();
            cells.stream().skip(1).forEach(text -> asked.add(new Asked(text, itself, true)));
        }
        List<Known> others = new ArrayList<>(known);
        Collections.shuffle(others, new Random(5));
        others.stream()
                .limit(STRANGERS)
                .forEach(one -> asked.add(new Asked(one.text(), one, false)));
        return asked;
    }

    private static String file(String name) {
        return "src/test/resources/io/zhiwen/curate/" + name;
    }
}
