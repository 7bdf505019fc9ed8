package io.zhiwen.ask;

import io.zhiwen.ask.stream.LlmFailure;
import io.zhiwen.ask.table.Computed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Message keys of what a reader is told beside an answer.
final class Notes {

    /// The answer reached its largest length.
    static final String CUT = "note.answer-cut";

    /// A model wrote it without naming a passage.
    static final String UNCITED = "note.uncited";

    /// What looked like an answer was the model thinking.
    static final String WAS_THINKING = "note.was-thinking";

    /// A leg did not answer; what it would have found is missing.
    static final String PARTIAL = "note.partial-search";

    /// The base's managers do not want it talked about.
    static final String FORBIDDEN = "note.forbidden";

    /// The assistant spoke of itself.
    static final String INTRODUCTION = "note.introduction";

    /// Some sentences are marked: no passage bears them out.
    static final String UNSUPPORTED = "note.unsupported";

    /// The asker has used up the day's tokens; the passages answer.
    private static final String USED_UP = "note.tokens-used-up";

    /// All askers together have used up the base's tokens of the day.
    private static final String BASE_USED_UP = "note.base-tokens-used-up";

    private static final String APPROVED = "note.approved";

    private static final String COMPUTED = "note.computed";

    private static final String OF_MODEL = "note.model-";
    private static final String BUSY = OF_MODEL + "busy";
    private static final String TOO_LONG = OF_MODEL + "too-long";
    private static final String DOWN = OF_MODEL + "down";

    private Notes() {}

    /// People approved it.
    static String approved(Approvals.Approved approved) {
        var values = List.of(approved.by(), approved.on().toString());
        return new Note(APPROVED, values).toString();
    }

    /// The database computed it.
    static String computed(Computed computed) {
        var values = List.of(computed.document(), String.valueOf(computed.rows()));
        return new Note(COMPUTED, values).toString();
    }

    static String of(TokenLedger.UsedUp usedUp) {
        return switch (usedUp) {
            case ASKER -> USED_UP;
            case BASE -> BASE_USED_UP;
        };
    }

    static boolean isOfModel(@Nullable String note) {
        return note != null && note.startsWith(OF_MODEL);
    }

    /// Why the passages answer themselves though there is a model.
    static String of(LlmFailure.Code code) {
        return switch (code) {
            case BUSY -> BUSY;
            case TOO_LONG -> TOO_LONG;
            case UNREACHABLE,
                    RESTING,
                    FIRST_TOKEN_TIMEOUT,
                    IDLE_TIMEOUT,
                    REJECTED,
                    SERVER_ERROR,
                    MALFORMED,
                    TRUNCATED,
                    EMPTY ->
                    DOWN;
        };
    }
}
