package io.zhiwen.ask.cite;

import io.zhiwen.ask.stream.Terms;
import io.zhiwen.ingest.chunk.Sentences;
import io.zhiwen.ingest.index.SearchText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A sentence of a passage that was sent.
///
/// @param passage its number, from 1
/// @param place in the passage, from 0
record SentSentence(
        int passage,
        int place,
        String text,
        String folded,
        Set<String> terms,
        Set<String> numbers) {

    static List<SentSentence> of(int passage, String text) {
        List<SentSentence> sentences = new ArrayList<>();
        for (var span : Sentences.of(text)) {
            String sentence = span.of(text);
            String folded = SearchText.fold(sentence);
            sentences.add(
                    new SentSentence(
                            passage,
                            sentences.size(),
                            sentence,
                            folded,
                            Terms.of(folded),
                            Numbers.shown(sentence)));
        }
        return sentences;
    }
}
