package io.zhiwen.ask.prompt;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.upload.DocumentId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// A prompt with the passages really in it: number n is `sent.get(n - 1)`.
///
/// @param texts what was sent of each passage, in their order
/// @param dates what was sent of when their documents are from
/// @param dropped what did not fit, the least relevant
/// @param summarisedTurns for how many earlier turns a summary stands
/// @param droppedTurns how many earlier turns did not fit
/// @param tokens of the prompt
/// @param counted whether the model's own tokenizer said so; a safe estimate when not
public record Assembled(
        Prompt prompt,
        List<Passage> sent,
        List<String> texts,
        Map<DocumentId, LocalDate> dates,
        List<Passage> dropped,
        int summarisedTurns,
        int droppedTurns,
        int tokens,
        boolean counted) {

    public Assembled {
        sent = List.copyOf(sent);
        texts = List.copyOf(texts);
        dates = Map.copyOf(dates);
        dropped = List.copyOf(dropped);
    }

    Assembled counted(int tokens) {
        return new Assembled(
                prompt, sent, texts, dates, dropped, summarisedTurns, droppedTurns, tokens, true);
    }
}
