package io.zhiwen.ingest.parse;

/// Counts roughly as the encoders do, without them: a Han character, a mark or four letters of a
/// word are a token.
public final class Tokens {

    private Tokens() {}

    public static int count(String text) {
        int tokens = 0;
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean wordPart = c < 0x2E80 && Character.isLetterOrDigit(c);
            letters = wordPart ? letters + 1 : 0;
            boolean first = wordPart && letters % 4 == 1;
            tokens += first || (!wordPart && !Character.isWhitespace(c)) ? 1 : 0;
        }
        return tokens;
    }
}
