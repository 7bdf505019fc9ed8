package io.zhiwen.curate.dashboard;

import org.jspecify.annotations.Nullable;

/// What happened in some time, in one base or in all.
///
/// @param failures versions of documents that could not be read
public record Figures(Answers answers, Ratings ratings, Tokens tokens, long failures) {

    /// How questions went.
    ///
    /// @param readers how many people and services asked
    /// @param answered got an answer, from a model, from the passages or an approved one
    /// @param refused got none: the documents hold none, or the base forbids it
    /// @param unsupported of those answered, how many have a sentence that no source bears out
    /// @param firstToken milliseconds until half of the answers of models began; null without any
    /// @param firstTokenMost until 95 of 100 did
    public record Answers(
            long questions,
            long readers,
            long answered,
            long refused,
            long unsupported,
            @Nullable Integer firstToken,
            @Nullable Integer firstTokenMost) {

        static final Answers NONE = new Answers(0, 0, 0, 0, 0, null, null);

        /// Answered without such a sentence.
        public long sound() {
            return answered - unsupported;
        }

        /// Were stopped by their askers.
        public long stopped() {
            return questions - answered - refused;
        }
    }

    /// What readers thought of them.
    public record Ratings(long good, long bad) {
        static final Ratings NONE = new Ratings(0, 0);
    }

    /// Of chat models.
    public record Tokens(long prompt, long answer) {

        static final Tokens NONE = new Tokens(0, 0);

        public long all() {
            return prompt + answer;
        }
    }
}
