package io.zhiwen.library;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// What a document is to be called and how long it is to be found.
///
/// @param supersededBy id or exact name of a document of the same base; null for none
/// @param owner id or name of somebody who may sign in; null for nobody
public record LifeWish(
        String name,
        boolean enabled,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable String supersededBy,
        @Nullable String owner) {

    public LifeWish {
        name = name.replace('\0', ' ').strip();
        supersededBy = orNull(supersededBy);
        owner = orNull(owner);
    }

    private static @Nullable String orNull(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.replace('\0', ' ').strip();
    }
}
