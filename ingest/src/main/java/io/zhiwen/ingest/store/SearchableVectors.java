package io.zhiwen.ingest.store;

import java.util.List;

/// Keeps vectors a second time, as an index inside the database searches them. Called in the
/// transaction that keeps the vectors themselves, so neither is ever without the other.
@FunctionalInterface
public interface SearchableVectors {

    /// For a database without such an index.
    SearchableVectors NONE = (_, _) -> {};

    void add(Attempt attempt, List<KeptVector> vectors);

    /// A vector where it was kept.
    record KeptVector(long chunk, int space, float[] vector) {}
}
