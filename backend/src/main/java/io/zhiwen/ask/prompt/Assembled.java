package io.zhiwen.ask.prompt;

import io.zhiwen.ask.rerank.Passage;
import java.util.List;

/// A prompt with the passages really in it: number n is `sent.get(n - 1)`.
///
/// @param texts what was sent of each passage, in their order
/// @param dropped what did not fit, the least relevant
/// @param droppedTurns how many earlier turns did not fit
public record Assembled(
        Prompt prompt,
        List<Passage> sent,
        List<String> texts,
        List<Passage> dropped,
        int droppedTurns) {

    public Assembled {
        sent = List.copyOf(sent);
        texts = List.copyOf(texts);
        dropped = List.copyOf(dropped);
    }
}
