package io.zhiwen.ingest.store;

import io.zhiwen.ingest.embed.ServedSpace;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import org.jspecify.annotations.Nullable;

/// A base on its way from one space to another.
///
/// @param space the number of the space to come; null for those of the bundled encoders
/// @param target that space
/// @param done passages that have their vector there
/// @param total passages that want one, as counted last
/// @param waitsFor why no vectors are made just now; null while they are
public record SpaceChange(
        KnowledgeBaseId base,
        @Nullable Integer space,
        @Nullable ServedSpace target,
        State state,
        int done,
        int total,
        @Nullable String waitsFor) {

    /// What is done with it.
    public enum State {
        /// Vectors are made; questions go to the former ones.
        BUILDING,
        /// Questions go to the new ones; the former ones are taken away.
        SWITCHED,
        /// What was made is taken away.
        ABANDONED
    }
}
