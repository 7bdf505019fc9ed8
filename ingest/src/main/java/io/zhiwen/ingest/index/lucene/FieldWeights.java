package io.zhiwen.ingest.index.lucene;

import java.util.List;

/// How much a word counts in each field, and BM25's own two numbers. The defaults were chosen over
/// all sets of the evaluation data together, see backend/docs/retrieval.md.
///
/// @param exact of codes, on top of their words
/// @param k1 how soon more of the same word says nothing more
/// @param b how much a long passage is discounted
record FieldWeights(
        float icu,
        float bigrams,
        float english,
        float headIcu,
        float headBigrams,
        float headEnglish,
        float exact,
        float k1,
        float b) {

    static final FieldWeights DEFAULT =
            new FieldWeights(1, 0.4f, 1, 0.3f, 0.15f, 0.6f, 1, 0.9f, 0.4f);

    /// A chunk's text and what stands above it, cut into terms the same way.
    record Pair(String body, float weight, String head, float headWeight) {}

    List<Pair> pairs() {
        return List.of(
                new Pair(Fields.BODY_ICU, icu, Fields.HEAD_ICU, headIcu),
                new Pair(Fields.BODY_BI, bigrams, Fields.HEAD_BI, headBigrams),
                new Pair(Fields.BODY_EN, english, Fields.HEAD_EN, headEnglish));
    }
}
