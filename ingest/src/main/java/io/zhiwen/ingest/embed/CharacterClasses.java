package io.zhiwen.ingest.embed;

/// What BERT's normaliser and splitter do with each character, looked up once per character of the
/// first plane. Safe for concurrent use: two threads may both look up, with the same result.
final class CharacterClasses {

    /// Part of a word.
    static final byte LETTER = 1;

    /// Ends a word.
    static final byte SPACE = 2;

    /// A word of its own: punctuation and ideographs.
    static final byte ALONE = 3;

    /// Left out.
    static final byte NOTHING = 4;

    /// Becomes several characters.
    static final byte SEVERAL = 5;

    private final byte[] classes = new byte[1 << 16];
    private final char[] folded = new char[1 << 16];
    private final boolean lowerCase;

    CharacterClasses(boolean lowerCase) {
        this.lowerCase = lowerCase;
    }

    byte of(char c) {
        byte known = classes[c];
        return known != 0 ? known : lookUp(c);
    }

    /// The character in its stead; only for `LETTER` and `ALONE`, after `of`.
    char folded(char c) {
        return lowerCase && c > 0x7f ? foldedBeyondAscii(c) : asciiFolded(c);
    }

    private char foldedBeyondAscii(char c) {
        char known = folded[c];
        return known != 0 ? known : WordPiece.fold(c).charAt(0);
    }

    private char asciiFolded(char c) {
        return lowerCase && c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    }

    private byte lookUp(char c) {
        byte found;
        if (isSpace(c)) {
            found = SPACE;
        } else if (isRemoved(c)) {
            found = NOTHING;
        } else {
            String text = lowerCase ? WordPiece.fold(c) : String.valueOf(c);
            if (text.isEmpty()) {
                found = isIdeograph(c) ? SPACE : NOTHING;
            } else if (text.length() > 1) {
                found = SEVERAL;
            } else {
                folded[c] = text.charAt(0);
                found = isIdeograph(c) || isPunctuation(text.charAt(0)) ? ALONE : LETTER;
            }
        }
        classes[c] = found;
        return found;
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || Character.isSpaceChar(c);
    }

    static boolean isRemoved(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE ->
                    true;
            default -> c == 0xfffd;
        };
    }

    static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return (c >= 33 && c <= 47)
                    || (c >= 58 && c <= 64)
                    || (c >= 91 && c <= 96)
                    || (c >= 123 && c <= 126);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    static boolean isIdeograph(int c) {
        return (c >= 0x4e00 && c <= 0x9fff)
                || (c >= 0x3400 && c <= 0x4dbf)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0x20000 && c <= 0x2a6df)
                || (c >= 0x2a700 && c <= 0x2b73f)
                || (c >= 0x2b740 && c <= 0x2b81f)
                || (c >= 0x2b920 && c <= 0x2ceaf)
                || (c >= 0x2f800 && c <= 0x2fa1f);
    }
}
