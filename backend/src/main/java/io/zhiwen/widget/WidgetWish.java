package io.zhiwen.widget;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody wants a widget to be.
///
/// @param origins as they were typed
/// @param reader whose rights it is to have; null for those of everyone signed in
public record WidgetWish(
        String name,
        List<String> origins,
        Set<KnowledgeBaseId> bases,
        @Nullable UUID reader,
        @Nullable Integer perMinute,
        @Nullable Long tokensPerDay) {

    public WidgetWish {
        origins = List.copyOf(origins);
        bases = Set.copyOf(bases);
    }
}
