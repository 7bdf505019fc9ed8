package io.zhiwen.ingest.likeness;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.parse.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// Prints how alike versions of real texts are, and how alike texts are that only are of one kind:
/// `main SHARED`, where `SHARED/eval` holds the evaluation sets.
final class LikenessBenchmark {

    private static final List<String> SETS =
            List.of(
                    "netop-dev",
                    "squad-dev",
                    "cmrc-dev",
                    "drcd-dev",
                    "rgb-zh-dev",
                    "rgb-en-dev",
                    "scifact");
    private static final double[] REPLACED = {0.01, 0.05, 0.2};
    private static final double[] FROM = {0.7, 0.8, 0.85, 0.9, 0.95};
    private static final Likenesses LIKENESSES = new Likenesses(SearchText::words);

    private LikenessBenchmark() {}

    public static void main(String[] args) throws IOException {
        for (String set : SETS) {
            List<String> texts = texts(Path.of(args[0], "eval", set, "corpus.jsonl"));
            List<List<String>> sentences =
                    texts.stream().map(LikenessBenchmark::sentences).toList();
            System.out.printf("%s, %,d texts of 40 shingles or more%n", set, texts.size());
            for (double replaced : REPLACED) {
                versions(sentences, replaced);
            }
            others(texts);
        }
    }

    /// Those long enough for that share to be a sentence.
    private static void versions(List<List<String>> texts, double replaced) {
        Random random = new Random(1);
        List<Double> estimated = new ArrayList<>();
        double off = 0;
        int banded = 0;
        for (List<String> text : texts) {
            if (text.size() * replaced < 1) {
                continue;
            }
            List<String> version = new ArrayList<>(text);
            long edits = Math.round(text.size() * replaced);
            for (int i = 0; i < edits; i++) {
                List<String> other = texts.get(random.nextInt(texts.size()));
                version.set(random.nextInt(text.size()), other.get(random.nextInt(other.size())));
            }
            Likeness one = of(String.join("", text));
            Likeness two = of(String.join("", version));
            estimated.add(one.to(two));
            off += Math.abs(one.to(two) - exact(String.join("", text), String.join("", version)));
            banded += shareABand(one, two) ? 1 : 0;
        }
        if (!estimated.isEmpty()) {
            estimated.sort(null);
            System.out.printf(
                    "  %2.0f %% of the sentences replaced: %d texts, similarity %.2f (5th percentile), %.2f"
                            + " (median); estimate off by %.3f; a band in common %.3f; found from %s%n",
                    replaced * 100,
                    estimated.size(),
                    estimated.get(estimated.size() / 20),
                    estimated.get(estimated.size() / 2),
                    off / estimated.size(),
                    (double) banded / estimated.size(),
                    shares(estimated, estimated.size()));
        }
    }

    private static void others(List<String> texts) {
        List<Likeness> all = texts.stream().map(LikenessBenchmark::of).toList();
        List<Double> alike = new ArrayList<>();
        long pairs = 0;
        long banded = 0;
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                pairs++;
                double similarity = all.get(i).to(all.get(j));
                if (similarity >= FROM[0]) {
                    alike.add(similarity);
                }
                banded += similarity > 0.3 && shareABand(all.get(i), all.get(j)) ? 1 : 0;
            }
        }
        System.out.printf(
                "  %,d pairs of other texts: with a band in common %,d; alike from %s%n",
                pairs, banded, counts(alike));
    }

    private static String shares(List<Double> values, int of) {
        StringBuilder line = new StringBuilder();
        for (double from : FROM) {
            line.append(
                    "%.2f: %.3f  "
                            .formatted(
                                    from,
                                    (double) values.stream().filter(v -> v >= from).count() / of));
        }
        return line.toString().strip();
    }

    private static String counts(List<Double> values) {
        StringBuilder line = new StringBuilder();
        for (double from : FROM) {
            line.append(
                    "%.2f: %d  ".formatted(from, values.stream().filter(v -> v >= from).count()));
        }
        return line.toString().strip();
    }

    private static double exact(String one, String other) {
        Set<Long> first = shingles(one);
        Set<Long> second = shingles(other);
        long common = first.stream().filter(second::contains).count();
        return 2.0 * common / (first.size() + second.size());
    }

    private static Set<Long> shingles(String text) {
        Set<Long> all = new HashSet<>();
        new Shingles(all::add).read(SearchText.words(text));
        return all;
    }

    private static boolean shareABand(Likeness one, Likeness other) {
        int[] bands = one.bands();
        int[] others = other.bands();
        for (int i = 0; i < Math.min(bands.length, others.length); i++) {
            if (bands[i] == others[i]) {
                return true;
            }
        }
        return false;
    }

    private static Likeness of(String text) {
        return LIKENESSES.of(new CleanDocument(null, List.of(Block.paragraph(text, null))));
    }

    private static List<String> sentences(String text) {
        return Arrays.stream(text.split("(?<=[。！？；\n])|(?<=[.!?] )"))
                .filter(one -> !one.isBlank())
                .toList();
    }

    private static List<String> texts(Path corpus) throws IOException {
        return Files.readAllLines(corpus).stream()
                .map(line -> JsonMapper.shared().readTree(line).path("text").asString())
                .filter(text -> !text.isBlank() && !of(text).isNone())
                .toList();
    }
}
