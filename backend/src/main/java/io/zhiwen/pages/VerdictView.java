package io.zhiwen.pages;

import io.zhiwen.conversation.feedback.Verdict;
import org.jspecify.annotations.Nullable;

/// What the reader thinks of an answer, as templates and scripts take it.
///
/// @param thumb `up`, `down` or empty
/// @param reason code, may be empty
record VerdictView(String thumb, String reason, String comment, String correction) {

    static final VerdictView NONE = new VerdictView("", "", "", "");

    static VerdictView of(@Nullable Verdict verdict) {
        if (verdict == null) {
            return NONE;
        }
        var reason = verdict.reason();
        return new VerdictView(
                verdict.good() ? "up" : "down",
                reason == null ? "" : reason.code(),
                verdict.comment(),
                verdict.correction());
    }
}
