package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Moves passages that say the same as a better one, word for word or nearly so, behind all others:
/// the answer's few places are for different evidence.
public final class Twins {

    private static final int SHINGLE = 5;
    private static final double ALIKE = 0.95;

    private Twins() {}

    public static List<Passage> last(List<Passage> passages) {
        List<Passage> kept = new ArrayList<>();
        List<Passage> twins = new ArrayList<>();
        List<Set<Integer>> seen = new ArrayList<>();
        for (Passage passage : passages) {
            Set<Integer> shingles = shingles(passage.source().chunk().text());
            if (seen.stream().anyMatch(other -> areAlike(shingles, other))) {
                twins.add(passage);
            } else {
                kept.add(passage);
                seen.add(shingles);
            }
        }
        kept.addAll(twins);
        return List.copyOf(kept);
    }

    private static boolean areAlike(Set<Integer> one, Set<Integer> other) {
        int most = Math.max(one.size(), other.size());
        if (Math.min(one.size(), other.size()) < ALIKE * most) {
            return false;
        }
        long common = one.stream().filter(other::contains).count();
        return common >= ALIKE * (one.size() + other.size() - common);
    }

    private static Set<Integer> shingles(String text) {
        String letters =
                SearchText.words(text)
                        .codePoints()
                        .filter(Character::isLetterOrDigit)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        Set<Integer> shingles = new HashSet<>();
        for (int i = 0; i + SHINGLE <= letters.length(); i++) {
            shingles.add(letters.substring(i, i + SHINGLE).hashCode());
        }
        if (shingles.isEmpty()) {
            shingles.add(letters.hashCode());
        }
        return shingles;
    }
}
