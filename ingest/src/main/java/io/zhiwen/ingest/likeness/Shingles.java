package io.zhiwen.ingest.likeness;

import java.util.function.LongConsumer;

/// The stretches of five words of a text, each as a hash. A word is a run of letters and digits;
/// where words are written without spaces, each character is one. Punctuation, space and where a
/// block ends count for nothing: the same text comes in other blocks from another format.
final class Shingles {

    private static final int WORDS = 5;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final LongConsumer sink;
    private final long[] last = new long[WORDS];
    private int words;

    Shingles(LongConsumer sink) {
        this.sink = sink;
    }

    /// The next piece of the text, folded; no word goes on from one to the next.
    void read(String text) {
        long word = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!Character.isLetterOrDigit(c)) {
                word = ended(word);
            } else if (standsAlone(c)) {
                word = ended(word);
                add(mixed(c));
            } else {
                word = mixed(word ^ c);
            }
        }
        ended(word);
    }

    private long ended(long word) {
        if (word != 0) {
            add(word);
        }
        return 0;
    }

    private void add(long word) {
        last[words++ % WORDS] = word;
        if (words >= WORDS) {
            long hash = 0;
            for (int i = words; i < words + WORDS; i++) {
                hash = mixed(hash ^ last[i % WORDS]);
            }
            sink.accept(hash);
        }
    }

    /// Scripts that are written without spaces between words.
    private static boolean standsAlone(int c) {
        if (c < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    /// Spreads what is near (SplitMix64); other values become other ones.
    static long mixed(long value) {
        long z = value + FACTOR;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
