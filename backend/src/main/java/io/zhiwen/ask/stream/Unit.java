package io.zhiwen.ask.stream;

/// A piece of a passage that an answer may show: a sentence, a list item or a row of a table.
///
/// @param start offset in the passage's text
/// @param header of a table row, the header's line; else empty
record Unit(Kind kind, int start, int end, String text, String header) {

    /// What it is; only the first three can answer.
    enum Kind {
        SENTENCE,
        LIST_ITEM,
        TABLE_ROW,
        HEADING,
        QUESTION,
        LEAD_IN;

        boolean answers() {
            return this == SENTENCE || this == LIST_ITEM || this == TABLE_ROW;
        }
    }
}
