package io.zhiwen.ask.stream;

import java.util.List;

/// What the extractive engine says.
///
/// @param text Markdown with `[n]` behind each sentence
/// @param refused whether the passages hold no answer
/// @param passages the numbers it cites, in the order of the text; when refused, the nearest ones
/// @param sentences those shown, list items and table rows among them, as they stand in their
/// passages, best first; none when refused
public record ExtractiveAnswer(
        String text, boolean refused, List<Integer> passages, List<String> sentences) {

    public ExtractiveAnswer {
        passages = List.copyOf(passages);
        sentences = List.copyOf(sentences);
    }
}
