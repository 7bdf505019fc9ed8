package io.zhiwen.source;

import io.zhiwen.library.FolderId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A source as somebody wants it.
///
/// @param folder of the base; null for its top
/// @param values of the fields of its kind; a secret that is empty or absent stays as it was
/// @param everyMinutes null for only when somebody asks
public record SourceDraft(
        String kind,
        String name,
        @Nullable FolderId folder,
        Map<String, String> values,
        @Nullable Integer everyMinutes) {

    public SourceDraft {
        values = Map.copyOf(values);
    }
}
