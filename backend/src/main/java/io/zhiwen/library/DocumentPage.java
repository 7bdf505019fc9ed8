package io.zhiwen.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list, newest first.
///
/// @param nextCursor for the stretch behind it; null at the end
public record DocumentPage(List<DocumentRow> items, @Nullable String nextCursor) {

    public DocumentPage {
        items = List.copyOf(items);
    }
}
