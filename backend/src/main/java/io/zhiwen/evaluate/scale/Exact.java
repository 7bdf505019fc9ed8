package io.zhiwen.evaluate.scale;

import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/// The ten nearest of all vectors, by comparing each.
final class Exact {

    private static final int NEAREST = 10;

    private record Near(long chunk, float cosine) {}

    private final List<Corpus.Asked> questions;
    private final List<PriorityQueue<Near>> nearest;

    Exact(List<Corpus.Asked> questions) {
        this.questions = questions;
        this.nearest =
                Stream.generate(
                                () ->
                                        new PriorityQueue<Near>(
                                                (a, b) -> Float.compare(a.cosine(), b.cosine())))
                        .limit(questions.size())
                        .toList();
    }

    void see(long chunk, Corpus.Passage passage) {
        for (int i = 0; i < questions.size(); i++) {
            Corpus.Asked question = questions.get(i);
            if (question.language() != passage.language()) {
                continue;
            }
            PriorityQueue<Near> best = nearest.get(i);
            float cosine = dot(question.vector(), passage.vector());
            Near worst = best.peek();
            if (best.size() < NEAREST) {
                best.add(new Near(chunk, cosine));
            } else if (worst != null && worst.cosine() < cosine) {
                best.poll();
                best.add(new Near(chunk, cosine));
            }
        }
    }

    Set<Long> of(int question) {
        Set<Long> chunks = new HashSet<>();
        nearest.get(question).forEach(near -> chunks.add(near.chunk()));
        return chunks;
    }

    private static float dot(float[] a, float[] b) {
        float one = 0;
        float two = 0;
        float three = 0;
        float four = 0;
        for (int i = 0; i < a.length; i += 4) {
            one += a[i] * b[i];
            two += a[i + 1] * b[i + 1];
            three += a[i + 2] * b[i + 2];
            four += a[i + 3] * b[i + 3];
        }
        return one + two + three + four;
    }
}
