package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.embed.EmbeddingSpace;

/// A chunk with its vector; never a vector that cannot be compared.
public record EmbeddedChunk(Chunk chunk, EmbeddingSpace space, float[] vector) {

    public EmbeddedChunk {
        if (vector.length != space.dimension()) {
            throw new IllegalArgumentException(
                    vector.length + " numbers for a vector of " + space.model());
        }
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException(
                        "chunk " + chunk.ordinal() + " has " + number + " in its vector");
            }
        }
    }
}
