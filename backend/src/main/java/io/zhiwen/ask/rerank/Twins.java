package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Moves passages that say the same as a better one, word for word or nearly so, behind all others:
/// the answer's few places are for different evidence.
public final class Twins {

    private static final int SHINGLE = 5;
    private static final double ALIKE = 0.95;

    private Twins() {}

    /// @param stay ids of passages that are left where they are, whatever they say
    public static List<Passage> last(List<Passage> passages, Set<Long> stay) {
        List<Passage> kept = new ArrayList<>();
        List<Passage> twins = new ArrayList<>();
        List<int[]> seen = new ArrayList<>();
        for (Passage passage : passages) {
            int[] shingles = shingles(passage.source().chunk().text());
            boolean stays = stay.contains(passage.source().id());
            if (!stays && seen.stream().anyMatch(other -> areAlike(shingles, other))) {
                twins.add(passage);
            } else {
                kept.add(passage);
                seen.add(shingles);
            }
        }
        kept.addAll(twins);
        return List.copyOf(kept);
    }

    /// Gives up as soon as too many are in one of them alone, which is at once for most.
    private static boolean areAlike(int[] one, int[] other) {
        double needed = ALIKE * (one.length + other.length) / (1 + ALIKE);
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < one.length && j < other.length) {
            if (common + Math.min(one.length - i, other.length - j) < needed) {
                return false;
            }
            if (one[i] == other[j]) {
                common++;
                i++;
                j++;
            } else if (one[i] < other[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common >= needed;
    }

    /// What of a text says something, folded as for the search.
    static String letters(String text) {
        return SearchText.words(text)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Hashes of all runs of this length, in order, each once.
    private static int[] shingles(String text) {
        char[] letters = letters(text).toCharArray();
        if (letters.length < SHINGLE) {
            return new int[] {Arrays.hashCode(letters)};
        }
        int[] shingles = new int[letters.length - SHINGLE + 1];
        for (int i = 0; i < shingles.length; i++) {
            for (int at = i; at < i + SHINGLE; at++) {
                shingles[i] = 31 * shingles[i] + letters[at];
            }
        }
        Arrays.sort(shingles);
        int distinct = 1;
        for (int shingle : shingles) {
            if (shingle != shingles[distinct - 1]) {
                shingles[distinct++] = shingle;
            }
        }
        return Arrays.copyOf(shingles, distinct);
    }
}
