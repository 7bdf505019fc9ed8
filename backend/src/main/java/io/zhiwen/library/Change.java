package io.zhiwen.library;

import org.jspecify.annotations.Nullable;

/// A place where two versions of a document differ.
///
/// @param before what stood there; null where something was added
/// @param after what stands there now; null where something was taken away
/// @param page of the newer version, or of the older one where nothing is left; null without pages
public record Change(@Nullable String before, @Nullable String after, @Nullable Integer page) {

    public Change {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a change of nothing");
        }
    }
}
