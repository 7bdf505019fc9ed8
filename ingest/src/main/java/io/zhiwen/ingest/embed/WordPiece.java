package io.zhiwen.ingest.embed;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// BERT's tokenizer: clean, split at spaces, punctuation and ideographs, then the longest pieces
/// the vocabulary holds. Gives the ids the native library gives, with offsets in UTF-16, at a
/// fraction of its cost and with no native code. Text never becomes a special token: a document
/// that says `[SEP]` is read as those five characters. Safe for concurrent use.
final class WordPiece {

    static final int UNKNOWN = 100;
    static final int CLS = 101;
    static final int SEP = 102;

    private static final int LONGEST_WORD = 100;

    private final PieceTrie pieces;
    private final CharacterClasses classes;
    private final boolean lowerCase;

    private WordPiece(PieceTrie pieces, boolean lowerCase) {
        this.pieces = pieces;
        this.lowerCase = lowerCase;
        this.classes = new CharacterClasses(lowerCase);
    }

    /// Reads a `tokenizer.json` with a BERT normaliser and a WordPiece vocabulary.
    static WordPiece read(InputStream json) throws IOException {
        PieceTrie pieces = new PieceTrie();
        boolean lowerCase = false;
        try (JsonParser parser =
                JsonFactory.builder().build().createParser(ObjectReadContext.empty(), json)) {
            String name = "";
            boolean inVocabulary = false;
            for (JsonToken at = parser.nextToken(); at != null; at = parser.nextToken()) {
                switch (at) {
                    case PROPERTY_NAME -> name = parser.currentName();
                    case START_OBJECT -> inVocabulary = name.equals("vocab");
                    case END_OBJECT -> inVocabulary = false;
                    case VALUE_NUMBER_INT -> {
                        if (inVocabulary) {
                            pieces.put(name, parser.getIntValue());
                        }
                    }
                    case VALUE_TRUE -> lowerCase |= name.equals("lowercase");
                    default -> {}
                }
            }
        }
        if (pieces.size() == 0) {
            throw new IOException("no WordPiece vocabulary in the tokenizer file");
        }
        return new WordPiece(pieces, lowerCase);
    }

    /// The tokens of a text, special tokens left out.
    Tokens tokenize(String text) {
        return new Run(text, Integer.MAX_VALUE).tokens();
    }

    /// At most `limit` tokens from the text's beginning; what lies behind is not looked at.
    Tokens tokenize(String text, int limit) {
        return new Run(text, limit).tokens();
    }

    /// Ids with their offsets; only the first `size` entries count.
    record Tokens(int size, int[] ids, int[] starts, int[] ends) {}

    /// One text on its way to tokens.
    private final class Run {

        private final String text;
        private final int limit;
        private int size;
        private int[] ids;
        private int[] starts;
        private int[] ends;

        private char[] word = new char[64];
        private int[] wordStarts = new int[64];
        private int[] wordEnds = new int[64];
        private int length;

        Run(String text, int limit) {
            this.text = text;
            this.limit = limit;
            int guess = Math.min(limit, text.length() / 3 + 16);
            ids = new int[guess];
            starts = new int[guess];
            ends = new int[guess];
        }

        Tokens tokens() {
            int at = 0;
            int end = text.length();
            while (at < end && size < limit) {
                char c = text.charAt(at);
                if (Character.isHighSurrogate(c)
                        && at + 1 < end
                        && Character.isLowSurrogate(text.charAt(at + 1))) {
                    rare(text.codePointAt(at), at, at + 2);
                    at += 2;
                } else {
                    common(c, at);
                    at++;
                }
            }
            flush();
            return new Tokens(Math.min(size, limit), ids, starts, ends);
        }

        private void common(char c, int at) {
            switch (classes.of(c)) {
                case CharacterClasses.LETTER -> append(classes.folded(c), at, at + 1);
                case CharacterClasses.SPACE -> flush();
                case CharacterClasses.ALONE -> {
                    flush();
                    append(classes.folded(c), at, at + 1);
                    flush();
                }
                case CharacterClasses.NOTHING -> {}
                default -> rare(c, at, at + 1);
            }
        }

        /// A character that becomes several, or lies beyond the first plane.
        private void rare(int codePoint, int start, int end) {
            if (CharacterClasses.isSpace(codePoint)) {
                flush();
                return;
            }
            if (CharacterClasses.isRemoved(codePoint)) {
                return;
            }
            boolean ideograph = CharacterClasses.isIdeograph(codePoint);
            if (ideograph) {
                flush();
            }
            String folded = lowerCase ? fold(codePoint) : Character.toString(codePoint);
            for (int i = 0; i < folded.length(); ) {
                int next = folded.codePointAt(i);
                boolean alone = CharacterClasses.isPunctuation(next);
                if (alone) {
                    flush();
                }
                for (int unit = 0; unit < Character.charCount(next); unit++) {
                    append(folded.charAt(i + unit), start, end);
                }
                if (alone) {
                    flush();
                }
                i += Character.charCount(next);
            }
            if (ideograph) {
                flush();
            }
        }

        private void append(char c, int start, int end) {
            if (length == word.length) {
                word = Arrays.copyOf(word, length * 2);
                wordStarts = Arrays.copyOf(wordStarts, length * 2);
                wordEnds = Arrays.copyOf(wordEnds, length * 2);
            }
            word[length] = c;
            wordStarts[length] = start;
            wordEnds[length] = end;
            length++;
        }

        /// The word so far is whole: cut it into pieces, or call it unknown.
        private void flush() {
            if (length == 0) {
                return;
            }
            int before = size;
            boolean known =
                    length <= LONGEST_WORD
                            || Character.codePointCount(word, 0, length) <= LONGEST_WORD;
            int from = 0;
            while (known && from < length) {
                long match = pieces.longest(word, from, length, from > 0);
                int to = PieceTrie.end(match);
                if (to <= from) {
                    known = false;
                } else {
                    add(PieceTrie.id(match), wordStarts[from], wordEnds[to - 1]);
                    from = to;
                }
            }
            if (!known) {
                size = before;
                add(UNKNOWN, wordStarts[0], wordEnds[length - 1]);
            }
            length = 0;
        }

        private void add(int id, int start, int end) {
            if (size == ids.length) {
                int more = Math.max(16, size * 2);
                ids = Arrays.copyOf(ids, more);
                starts = Arrays.copyOf(starts, more);
                ends = Arrays.copyOf(ends, more);
            }
            ids[size] = id;
            starts[size] = start;
            ends[size] = end;
            size++;
        }
    }

    /// Without accents, in lower case.
    static String fold(int codePoint) {
        String apart = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
