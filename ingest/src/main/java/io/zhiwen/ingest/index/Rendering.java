package io.zhiwen.ingest.index;

import java.util.List;

/// A question said in another language, word by word.
///
/// @param kept what it says in its own letters and is written the same in any language: names in
/// Latin letters, numbers, codes; may be empty
/// @param words in the order of the question
public record Rendering(String kept, List<Word> words) {

    /// A word of the question and what it may mean.
    ///
    /// @param asked as the question has it
    /// @param ways of saying it in the other language, the likeliest first, at least one
    public record Word(String asked, List<String> ways) {

        public Word {
            ways = List.copyOf(ways);
            if (ways.isEmpty()) {
                throw new IllegalArgumentException(asked + " is not said in any way");
            }
        }
    }

    public Rendering {
        words = List.copyOf(words);
    }

    public boolean isEmpty() {
        return kept.isBlank() && words.isEmpty();
    }
}
