package io.zhiwen.ask.cite;

import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Numbered references to passages.
public final class Citations {

    private Citations() {}

    /// Each passage under its number, from 1.
    public static List<Citation> of(List<Passage> passages) {
        List<Citation> citations = new ArrayList<>();
        for (Passage passage : passages) {
            citations.add(of(citations.size() + 1, passage.source()));
        }
        return citations;
    }

    /// Those whose numbers are used, in the order of their numbers.
    public static List<Citation> used(List<Citation> citations, Collection<Integer> numbers) {
        return citations.stream().filter(citation -> numbers.contains(citation.number())).toList();
    }

    private static Citation of(int number, StoredChunk source) {
        Chunk chunk = source.chunk();
        return new Citation(
                number,
                source.base(),
                source.document(),
                source.version(),
                source.documentName(),
                chunk.page(),
                chunk.sheet(),
                chunk.headingPath(),
                chunk.span(),
                chunk.text());
    }
}
