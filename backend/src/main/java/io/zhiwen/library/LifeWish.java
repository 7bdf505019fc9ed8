package io.zhiwen.library;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a document is to be called and how long it is to be found.
///
/// @param supersededBy id or exact name of a document of the same base; null for none
/// @param tags all it is to have; null for those it has
/// @param fields values by the names of fields, null to clear one; others stay as they are
/// @param owner id or name of somebody who may sign in; null for nobody
public record LifeWish(
        String name,
        boolean enabled,
        @Nullable LocalDate validFrom,
        @Nullable LocalDate validUntil,
        @Nullable String supersededBy,
        @Nullable String owner,
        @Nullable List<String> tags,
        Map<String, @Nullable String> fields) {

    public LifeWish {
        name = name.replace('\0', ' ').strip();
        supersededBy = orNull(supersededBy);
        owner = orNull(owner);
        tags =
                tags == null
                        ? null
                        : tags.stream()
                                .map(tag -> tag.replace('\0', ' ').strip())
                                .distinct()
                                .sorted()
                                .toList();
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// Tags and fields stay as they are.
    public LifeWish(
            String name,
            boolean enabled,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validUntil,
            @Nullable String supersededBy,
            @Nullable String owner) {
        this(name, enabled, validFrom, validUntil, supersededBy, owner, null, Map.of());
    }

    private static @Nullable String orNull(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.replace('\0', ' ').strip();
    }
}
