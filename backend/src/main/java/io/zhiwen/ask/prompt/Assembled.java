package io.zhiwen.ask.prompt;

import io.zhiwen.ask.rerank.Passage;
import java.util.List;

/// A prompt with the passages really in it: number n is `sent.get(n - 1)`.
///
/// @param texts what was sent of each passage, in their order
/// @param dropped what did not fit, the least relevant
/// @param summarisedTurns for how many earlier turns a summary stands
/// @param droppedTurns how many earlier turns did not fit
/// @param tokens of the prompt
/// @param counted whether the model's own tokenizer said so; a safe estimate when not
public record Assembled(
        Prompt prompt,
        List<Passage> sent,
        List<String> texts,
        List<Passage> dropped,
        int summarisedTurns,
        int droppedTurns,
        int tokens,
        boolean counted) {

    public Assembled {
        sent = List.copyOf(sent);
        texts = List.copyOf(texts);
        dropped = List.copyOf(dropped);
    }

    Assembled counted(int tokens) {
        return new Assembled(
                prompt, sent, texts, dropped, summarisedTurns, droppedTurns, tokens, true);
    }
}
