package io.zhiwen.ask.stream;

import java.util.List;

/// What the extractive engine says.
///
/// @param text Markdown with `[n]` behind each sentence
/// @param refused whether the passages hold no answer
/// @param passages the numbers it cites, in the order of the text; when refused, the nearest ones
/// @param evidence 0 to 1, how likely the passages hold an answer
public record ExtractiveAnswer(
        String text, boolean refused, List<Integer> passages, double evidence) {

    public ExtractiveAnswer {
        passages = List.copyOf(passages);
    }
}
