package io.zhiwen.library;

import io.zhiwen.ingest.chunk.ChunkEdit;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One change of a document's passages, as its history shows it.
///
/// @param original what the passage said as it was cut; of one that was added, its own text
/// @param endedAt when it was undone or another one took its place; null while it counts
/// @param applied whether readers find it so now; false too while the document is cut anew
public record PassageEdit(
        UUID id,
        ChunkEdit.Kind kind,
        String original,
        String text,
        String by,
        Instant at,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        boolean applied) {

    public boolean counts() {
        return endedAt == null;
    }
}
