package io.zhiwen.library;

import org.jspecify.annotations.Nullable;

/// A stretch of the documents anywhere in a base, or anywhere below a folder of it.
///
/// @param folder null for the whole base
/// @param cursor of the stretch before; null for the first
public record Stretch(
        @Nullable FolderId folder,
        DocumentFilter filter,
        Listing.Order order,
        boolean descending,
        @Nullable String cursor,
        int limit) {

    /// All of a base, newest first.
    public static Stretch newest(@Nullable String cursor, int limit) {
        return new Stretch(null, DocumentFilter.NONE, Listing.Order.ADDED, true, cursor, limit);
    }
}
