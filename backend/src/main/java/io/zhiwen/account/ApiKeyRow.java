package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key as admins see one; its secret is not kept.
///
/// @param prefix tells keys apart, e.g. `zw_k3v9q2`
/// @param bases what it is limited to; empty where `allBases`
/// @param mayActForUsers whether it may pass a reader's rights through
/// @param limits what it may use
/// @param tokensToday of chat models since midnight (UTC)
/// @param lastUsedAt to the minute
public record ApiKeyRow(
        UUID id,
        String name,
        String prefix,
        boolean allBases,
        Set<KnowledgeBaseId> bases,
        Set<KeyScope> scopes,
        boolean mayActForUsers,
        KeyLimits limits,
        long tokensToday,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    public ApiKeyRow {
        bases = Set.copyOf(bases);
        scopes = Set.copyOf(scopes);
    }
}
