package io.zhiwen.ingest.chunk;

/// How large chunks are, in tokens, under `zhiwen.chunk`.
///
/// @param target what a chunk to search aims at
/// @param most what no chunk exceeds
/// @param section how much around a chunk is kept to read
public record ChunkSettings(int target, int most, int section) {

    public ChunkSettings {
        if (target < 32 || most < target || section < most) {
            throw new IllegalArgumentException(
                    "not 32 <= target %d <= most %d <= section %d"
                            .formatted(target, most, section));
        }
    }

    public static ChunkSettings defaults() {
        return new ChunkSettings(300, 480, 1200);
    }
}
