package io.zhiwen.ingest.embed;

/// A space whose vectors a server gives.
///
/// @param probe what its model made of known texts when it was first chosen
public record ServedSpace(EmbeddingSpace space, Probe probe) {

    public ServedSpace {
        if (probe.dimension() != space.dimension()) {
            throw new IllegalArgumentException(
                    "a probe of " + probe.dimension() + " numbers in " + space);
        }
    }
}
