package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.PackedTokens;
import org.jspecify.annotations.Nullable;

/// A chunk with its vector; never a vector that cannot be compared.
///
/// @param tokens null where they are not to be kept
public record EmbeddedChunk(
        Chunk chunk, EmbeddingSpace space, float[] vector, @Nullable PackedTokens tokens) {

    public EmbeddedChunk(Chunk chunk, EmbeddingSpace space, float[] vector) {
        this(chunk, space, vector, null);
    }

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
