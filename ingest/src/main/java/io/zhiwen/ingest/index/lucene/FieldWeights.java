package io.zhiwen.ingest.index.lucene;

/// How much a word counts in each field. The defaults were chosen over all sets of the evaluation
/// data together, see backend/docs/retrieval.md.
///
/// @param head factor for the document's name and headings, on top of the field's own weight
/// @param exact of codes, on top of their words
record FieldWeights(float icu, float bigrams, float english, float head, float exact) {

    static final FieldWeights DEFAULT = new FieldWeights(1, 1, 1, 0.3f, 1);
}
