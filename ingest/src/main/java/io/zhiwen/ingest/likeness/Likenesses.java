package io.zhiwen.ingest.likeness;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// Makes likenesses. Safe for concurrent use.
public final class Likenesses {

    /// Texts with fewer shingles say too little to be called alike: forms, title pages, notes of a
    /// line.
    private static final int FEWEST = 40;

    private final UnaryOperator<String> folding;

    /// @param folding of letters that mean the same: width, case, ways of writing
    public Likenesses(UnaryOperator<String> folding) {
        this.folding = folding;
    }

    /// `Likeness.NONE` where there is hardly any text.
    public Likeness of(CleanDocument document) {
        var least = new Least();
        var shingles = new Shingles(least::add);
        for (Block block : document.blocks()) {
            shingles.read(folding.apply(block.text()));
        }
        return least.shingles < FEWEST ? Likeness.NONE : new Likeness(least.values);
    }

    private static final class Least {

        private final int[] values = new int[Likeness.HASHES];
        private int shingles;

        private Least() {
            Arrays.fill(values, Integer.MAX_VALUE);
        }

        private void add(long shingle) {
            shingles++;
            for (int i = 0; i < values.length; i++) {
                int hash = (int) Shingles.mixed(shingle + i);
                if (hash < values[i]) {
                    values[i] = hash;
                }
            }
        }
    }
}
