package io.zhiwen.search;

import java.util.List;
import java.util.function.Predicate;

/// What a search found.
///
/// @param hits best first
/// @param facets over everything near the question, before the limit
/// @param partial whether words or meaning could not be searched in time
public record Found(List<Hit> hits, Facets facets, boolean partial) {

    static final Found NOTHING = new Found(List.of(), Facets.NONE, false);

    public Found {
        hits = List.copyOf(hits);
    }

    Found only(Predicate<Hit> wanted, int limit) {
        return new Found(
                hits.stream().flatMap(hit -> hit.narrowed(wanted).stream()).limit(limit).toList(),
                facets,
                partial);
    }

    Found with(Facets counted) {
        return new Found(hits, counted, partial);
    }
}
