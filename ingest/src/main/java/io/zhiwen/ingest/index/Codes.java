package io.zhiwen.ingest.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Codes and identifiers in a text, written in one way however they are spelt: "GB/T 22239-2019",
/// "GB/T22239—2019" and "gbt 22239 2019" share the code `gbt222392019`.
///
/// A code is a run of up to five pieces of Latin letters or digits, with at least one digit, joined
/// by nothing, one connector, or one space. In documents a space joins only what looks like a code
/// (capitals or digits on both sides), lest every "in 2019" became one; in questions it joins all.
/// The number of an article, chapter or section is a code too: 第十二条 and Article 12 are `第12条`.
public final class Codes {

    private static final int MOST_PIECES = 5;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 64;
    private static final String CONNECTORS = "-_/.:+#‐‑‒–—·";

    private static final Pattern LETTER_MEETS_DIGIT =
            Pattern.compile("(?<=[A-Za-zＡ-Ｚａ-ｚ])(?=[0-9０-９])|(?<=[0-9０-９])(?=[A-Za-zＡ-Ｚａ-ｚ])");

    private enum Joint {
        GLUED,
        SPACED,
        NONE
    }

    /// @param before how it is joined to the piece on its left
    private record Piece(String text, Joint before, boolean formal) {}

    private Codes() {}

    /// Of a document's text, case as written.
    public static Set<String> inDocument(String text) {
        return codes(text, false);
    }

    /// Of a question. Letters and digits are pieces of their own even where nothing joins them, so
    /// that a code weighs the same however it is typed.
    public static Set<String> inQuestion(String text) {
        Set<String> codes = codes(text, true);
        codes.addAll(codes(LETTER_MEETS_DIGIT.matcher(text).replaceAll("-"), true));
        return codes;
    }

    private static Set<String> codes(String text, boolean everySpaceJoins) {
        String even = Normalizer.normalize(text, Normalizer.Form.NFKC);
        List<Piece> pieces = pieces(even);
        Set<String> codes = new LinkedHashSet<>(Provisions.in(SearchText.fold(even)));
        for (int first = 0; first < pieces.size(); first++) {
            StringBuilder joined = new StringBuilder();
            boolean connected = false;
            for (int i = first; i < pieces.size() && i < first + MOST_PIECES; i++) {
                Piece piece = pieces.get(i);
                if (i > first) {
                    boolean joins =
                            switch (piece.before()) {
                                case GLUED -> true;
                                case SPACED ->
                                        everySpaceJoins
                                                || (piece.formal() && pieces.get(i - 1).formal());
                                case NONE -> false;
                            };
                    if (!joins) {
                        break;
                    }
                    connected = true;
                }
                joined.append(piece.text());
                if (isCode(joined, connected)) {
                    codes.add(joined.toString().toLowerCase(Locale.ROOT));
                }
            }
        }
        return codes;
    }

    private static boolean isCode(CharSequence joined, boolean connected) {
        if (joined.length() < SHORTEST || joined.length() > LONGEST) {
            return false;
        }
        boolean digit = joined.chars().anyMatch(Codes::isDigit);
        return digit && (connected || joined.chars().anyMatch(Codes::isLatin));
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int end = -1;
        int i = 0;
        while (i < text.length()) {
            if (!isPiece(text.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            while (i < text.length() && isPiece(text.charAt(i))) {
                i++;
            }
            String piece = text.substring(start, i);
            pieces.add(new Piece(piece, joint(text, end, start), isFormal(piece)));
            end = i;
        }
        return pieces;
    }

    private static Joint joint(String text, int end, int start) {
        if (end < 0 || start - end > 1) {
            return Joint.NONE;
        }
        char between = text.charAt(end);
        if (between == ' ') {
            return Joint.SPACED;
        }
        return CONNECTORS.indexOf(between) >= 0 ? Joint.GLUED : Joint.NONE;
    }

    private static boolean isFormal(String piece) {
        return piece.chars().noneMatch(c -> c >= 'a' && c <= 'z')
                || piece.chars().anyMatch(Codes::isDigit);
    }

    private static boolean isPiece(int c) {
        return isDigit(c) || isLatin(c);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLatin(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
