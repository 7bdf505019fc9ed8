package io.zhiwen.ask.stream;

import io.zhiwen.ingest.parse.Span;
import org.jspecify.annotations.Nullable;

/// A piece of a passage that an answer may show: a sentence, a list item or a row of a table.
///
/// @param span its place in the passage's text
/// @param context the line it is read under: a row's header, a list item's lead-in
record Unit(Kind kind, Span span, String text, @Nullable Span context) {

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

    /// Whether the two stand in one list or table.
    boolean isBeside(Unit other) {
        return kind == other.kind
                && kind != Kind.SENTENCE
                && (context == null ? other.context == null : context.equals(other.context));
    }
}
