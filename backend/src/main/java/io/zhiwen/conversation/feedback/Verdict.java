package io.zhiwen.conversation.feedback;

import org.jspecify.annotations.Nullable;

/// What a reader says of an answer.
///
/// @param reason why it is not good; null when it is, or nobody said
/// @param comment in the reader's words; may be empty, at most 2000 characters are kept
/// @param correction what the answer should have said; may be empty, at most 8000 characters
public record Verdict(boolean good, @Nullable Reason reason, String comment, String correction) {

    private static final int COMMENT = 2000;
    private static final int CORRECTION = 8000;

    public Verdict {
        reason = good ? null : reason;
        comment = kept(comment, COMMENT);
        correction = kept(correction, CORRECTION);
    }

    /// A NUL is no text for the database.
    private static String kept(String text, int most) {
        String clean = text.replace("\u0000", "").strip();
        return clean.codePointCount(0, clean.length()) <= most
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, most));
    }
}
