package io.zhiwen.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether what a set calls evidence is in what would be sent to a model. Letters and digits count,
/// marks and spaces do not; a piece of evidence is there when 90 % of its runs of ten characters
/// are, since tables and lists are written in another way than the set's own text.
final class EvidenceSent {

    private static final int RUN = 10;
    private static final double ENOUGH = 0.9;

    private int pieces;
    private int sent;

    void add(List<String> evidence, String prompt) {
        String read = plain(prompt);
        for (String piece : evidence) {
            pieces++;
            if (isIn(plain(piece), read)) {
                sent++;
            }
        }
    }

    /// Null when no evidence was named.
    @Nullable Double share() {
        return pieces == 0 ? null : sent / (double) pieces;
    }

    private static boolean isIn(String piece, String read) {
        if (piece.length() <= RUN) {
            return read.contains(piece);
        }
        Set<String> runs = new HashSet<>();
        for (int i = 0; i + RUN <= read.length(); i++) {
            runs.add(read.substring(i, i + RUN));
        }
        int all = piece.length() - RUN + 1;
        int found = 0;
        for (int i = 0; i < all; i++) {
            found += runs.contains(piece.substring(i, i + RUN)) ? 1 : 0;
        }
        return found >= ENOUGH * all;
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
