package io.zhiwen.widget;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A chat that pages of other sites show.
///
/// @param id of its key
/// @param publicKey what stands in those pages
/// @param origins the sites
/// @param bases what it asks; what its reader may not read of them stays unread
/// @param reader whose rights it has; null for those of everyone signed in
/// @param perMinute how many questions it may ask; null for what the settings say
/// @param tokensPerDay null for what the settings say
/// @param revoked whether it answers no more
public record Widget(
        UUID id,
        String name,
        String publicKey,
        List<String> origins,
        List<KnowledgeBaseId> bases,
        @Nullable UUID reader,
        @Nullable String readerName,
        @Nullable Integer perMinute,
        @Nullable Long tokensPerDay,
        boolean revoked,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    public Widget {
        origins = List.copyOf(origins);
        bases = List.copyOf(bases);
    }
}
