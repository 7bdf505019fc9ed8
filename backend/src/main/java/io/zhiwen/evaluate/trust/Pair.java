package io.zhiwen.evaluate.trust;

/// A sentence and the passage it is said to rest on.
///
/// @param style how the true sentence it comes from was made
record Pair(Kind kind, Style style, String claim, String passage, String title) {

    enum Kind {
        TRUE,
        /// A number became one that the passage does not have.
        NUMBER_CHANGED,
        /// A number became another one of the same passage.
        NUMBER_MOVED,
        /// The answer became the answer of another question.
        ENTITY_SWAPPED,
        /// A denial was put in or taken out.
        NEGATED,
        /// True, but of the passage most alike among the others.
        OTHER_PASSAGE
    }

    enum Style {
        /// A sentence of the passage as it stands.
        SENTENCE("the passage's own sentence"),
        /// The question's own words with the answer put in.
        STATEMENT("the question's words");

        private final String words;

        Style(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
