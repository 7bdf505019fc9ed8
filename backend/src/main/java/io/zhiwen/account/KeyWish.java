package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a new key is to be.
///
/// @param allBases those of later included
/// @param bases what it is limited to otherwise; at least one
/// @param scopes what it may do there; at least one
/// @param mayActForUsers whether it may pass a reader's rights through
/// @param limits what it may use
public record KeyWish(
        String name,
        boolean allBases,
        Set<KnowledgeBaseId> bases,
        Set<KeyScope> scopes,
        boolean mayActForUsers,
        KeyLimits limits,
        @Nullable Instant expiresAt) {

    /// One that may use what the settings say.
    public KeyWish(
            String name,
            boolean allBases,
            Set<KnowledgeBaseId> bases,
            Set<KeyScope> scopes,
            boolean mayActForUsers,
            @Nullable Instant expiresAt) {
        this(name, allBases, bases, scopes, mayActForUsers, KeyLimits.USUAL, expiresAt);
    }

    public KeyWish {
        bases = allBases ? Set.of() : Set.copyOf(bases);
        scopes = Set.copyOf(scopes);
    }
}
