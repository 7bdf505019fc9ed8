package io.zhiwen.suggest;

/// A question made from a heading.
///
/// @param fit how much it reads like one that a person asks; more is better
record Suggested(String text, int fit) {

    /// The heading was a question.
    static final int ASKED = 3;

    /// The heading says what there is to ask.
    static final int SHAPED = 2;

    /// The heading only names something.
    static final int NAMED = 1;
}
