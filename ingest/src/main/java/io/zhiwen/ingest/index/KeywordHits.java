package io.zhiwen.ingest.index;

import java.util.List;

/// What a question's words found.
///
/// @param chunks best first, ties by id; scores are BM25
/// @param ceiling what a chunk would score that says every word very often: `score / ceiling` is
/// the
/// share of the question's weight that a chunk covers. 0 for a question without words
public record KeywordHits(List<ScoredChunk> chunks, double ceiling) {

    public static final KeywordHits NONE = new KeywordHits(List.of(), 0);

    public KeywordHits {
        chunks = List.copyOf(chunks);
    }
}
