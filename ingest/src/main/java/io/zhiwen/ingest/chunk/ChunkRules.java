package io.zhiwen.ingest.chunk;

import org.jspecify.annotations.Nullable;

/// How the documents of one base are cut, where that is not as everywhere else.
///
/// @param way what decides where a chunk ends
/// @param target tokens a chunk aims at, or null for the server's setting
/// @param overlap tokens of the text before a chunk that it repeats, 0 for none; never in tables
/// @param depth with `HEADINGS`, down to which level a heading begins a chunk, 1 to 6
/// @param delimiter with `DELIMITER`, the text between two chunks; it is in neither
/// @param tables how tables are cut
public record ChunkRules(
        Way way,
        @Nullable Integer target,
        int overlap,
        int depth,
        String delimiter,
        Tables tables) {

    /// What decides where a chunk ends.
    public enum Way {
        /// Sections, articles, lists and sentences, as they fill a chunk well.
        STRUCTURE,
        /// Headings: what is below one is a chunk, cut only where it is too long for the encoder.
        HEADINGS,
        /// A text that somebody has put between the chunks.
        DELIMITER
    }

    /// How tables are cut.
    public enum Tables {
        /// As many rows as fill a chunk, below the header.
        PACKED,
        /// One row below the header.
        ROWS,
        /// One row, each cell on a line of its own behind the header of its column; for sheets of
        /// questions and answers.
        RECORDS
    }

    /// How it is cut when nobody says anything.
    public static final ChunkRules STANDARD =
            new ChunkRules(Way.STRUCTURE, null, 0, 2, "", Tables.PACKED);

    /// What encoders read at once, less their own tokens.
    public static final int LARGEST_TARGET = 480;

    public static final int SMALLEST_TARGET = 32;
    public static final int LARGEST_OVERLAP = 200;
    public static final int LONGEST_DELIMITER = 40;

    public ChunkRules {
        if (target != null && (target < SMALLEST_TARGET || target > LARGEST_TARGET)) {
            throw new IllegalArgumentException(
                    "a target is %d to %d tokens".formatted(SMALLEST_TARGET, LARGEST_TARGET));
        }
        if (overlap < 0 || overlap > LARGEST_OVERLAP) {
            throw new IllegalArgumentException("an overlap is 0 to " + LARGEST_OVERLAP + " tokens");
        }
        if (depth < 1 || depth > 6) {
            throw new IllegalArgumentException("a depth is 1 to 6");
        }
        if (delimiter.length() > LONGEST_DELIMITER
                || (way == Way.DELIMITER && delimiter.isEmpty())) {
            throw new IllegalArgumentException(
                    "a delimiter has 1 to " + LONGEST_DELIMITER + " characters");
        }
    }

    /// The delimiter with its `\\n` as line breaks.
    String separator() {
        return delimiter.replace("\\n", "\n");
    }

    /// The same for a document in which nobody has put the delimiter.
    ChunkRules without(String text) {
        return way != Way.DELIMITER || text.contains(separator())
                ? this
                : new ChunkRules(Way.STRUCTURE, target, overlap, depth, delimiter, tables);
    }

    /// Down to which level a heading begins a section.
    int sectionDepth() {
        return switch (way) {
            case STRUCTURE -> 6;
            case HEADINGS -> depth;
            case DELIMITER -> 0;
        };
    }

    /// The sizes to cut by, where `usual` are the server's.
    ChunkSettings sizes(ChunkSettings usual) {
        int most = Math.max(usual.most(), target == null ? 0 : target);
        int aim =
                way == Way.STRUCTURE
                        ? (target == null ? usual.target() : target)
                        : (target == null ? most : target);
        // a small target is meant: nothing may grow far beyond it
        int limit = target == null ? most : Math.min(most, Math.max(aim, aim * 8 / 5));
        return new ChunkSettings(Math.min(aim, limit), limit, Math.max(usual.section(), limit));
    }
}
