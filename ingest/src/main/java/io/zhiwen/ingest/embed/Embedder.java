package io.zhiwen.ingest.embed;

import java.util.List;

/// Gives texts their place in one space, whatever language they are in. Safe for concurrent use.
///
/// Where it cannot, it says so with an `EmbeddingUnavailable` and gives no vector at all: whoever
/// ingests waits, whoever asks goes without it.
public interface Embedder {

    EmbeddingSpace space();

    /// As many unit vectors as texts, in their order. A text that is too long for the model is cut.
    List<float[]> passages(List<String> texts);

    /// A unit vector to find passages with.
    float[] question(String text);

    /// A cosine of this space on the scale of the bundled encoders', for which everything behind
    /// the search was measured. Never changes an order.
    double comparable(double cosine);
}
