package io.zhiwen.pages;

import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;

/// The stretch of a passage that says most of what was looked for, with that marked.
record Snippet(List<Piece> pieces) {

    private static final int LONGEST = 260;
    private static final int BEFORE = 60;
    private static final String CUT = "…";

    record Piece(String text, boolean marked) {}

    /// @param spans of the words looked for, in order
    static Snippet of(String text, List<Span> spans) {
        int from = text.length() <= LONGEST ? 0 : begin(text, spans);
        int to = from + LONGEST >= text.length() ? text.length() : wordEnd(text, from + LONGEST);
        List<Piece> pieces = new ArrayList<>();
        int at = from;
        if (from > 0) {
            pieces.add(new Piece(CUT, false));
        }
        for (var span : spans) {
            if (span.start() < at || span.end() > to) {
                continue;
            }
            add(pieces, text.substring(at, span.start()), false);
            add(pieces, span.of(text), true);
            at = span.end();
        }
        add(pieces, text.substring(at, to), false);
        if (to < text.length()) {
            pieces.add(new Piece(CUT, false));
        }
        return new Snippet(List.copyOf(pieces));
    }

    private static void add(List<Piece> pieces, String text, boolean marked) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, marked));
        }
    }

    /// Where the stretch with the most marked characters begins, a bit before its first mark.
    private static int begin(String text, List<Span> spans) {
        int best = 0;
        int most = 0;
        for (int i = 0; i < spans.size(); i++) {
            int start = Math.max(0, spans.get(i).start() - BEFORE);
            int marked = 0;
            for (var span : spans.subList(i, spans.size())) {
                if (span.end() > start + LONGEST) {
                    break;
                }
                marked += span.length();
            }
            if (marked > most) {
                most = marked;
                best = start;
            }
        }
        return best == 0 ? 0 : wordStart(text, Math.min(best, text.length() - LONGEST));
    }

    /// At most a few characters on, where a word begins.
    private static int wordStart(String text, int at) {
        for (int i = at; i < Math.min(at + BEFORE / 3, text.length() - 1); i++) {
            if (!Character.isLetterOrDigit(text.charAt(i)) && !isLowSurrogate(text, i + 1)) {
                return i + 1;
            }
        }
        return isLowSurrogate(text, at) ? at + 1 : at;
    }

    private static int wordEnd(String text, int at) {
        for (int i = at; i > at - BEFORE / 3; i--) {
            if (!Character.isLetterOrDigit(text.charAt(i)) && !isLowSurrogate(text, i)) {
                return i;
            }
        }
        return isLowSurrogate(text, at) ? at - 1 : at;
    }

    private static boolean isLowSurrogate(String text, int at) {
        return Character.isLowSurrogate(text.charAt(at));
    }
}
