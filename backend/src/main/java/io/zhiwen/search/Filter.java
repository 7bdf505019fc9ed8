package io.zhiwen.search;

import io.zhiwen.ingest.chunk.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What a search is narrowed to.
///
/// @param conditions that a document must meet, all of them
/// @param languages of passages; empty for any
public record Filter(List<Condition> conditions, Set<Language> languages) {

    public static final Filter NONE = new Filter(List.of(), Set.of());

    public Filter {
        conditions = List.copyOf(conditions);
        languages = Set.copyOf(languages);
    }

    public static Filter of(Condition... conditions) {
        return new Filter(Arrays.asList(conditions), Set.of());
    }

    Filter in(Set<Language> spoken) {
        return new Filter(conditions, spoken);
    }

    Filter without(Predicate<Condition> kind) {
        return new Filter(conditions.stream().filter(kind.negate()).toList(), languages);
    }

    boolean has(Predicate<Condition> kind) {
        return conditions.stream().anyMatch(kind);
    }
}
