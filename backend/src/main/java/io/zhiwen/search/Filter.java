package io.zhiwen.search;

import io.zhiwen.ingest.chunk.Language;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a reader narrows a search to; what is empty or null narrows nothing.
///
/// @param types as `FileTypes` names them
/// @param from the first moment of upload
/// @param to the moment behind the last
public record Filter(
        Set<String> types, Set<Language> languages, @Nullable Instant from, @Nullable Instant to)
        implements Predicate<Hit> {

    public static final Filter NONE = new Filter(Set.of(), Set.of(), null, null);

    public Filter {
        types = Set.copyOf(types);
        languages = Set.copyOf(languages);
    }

    public boolean isNone() {
        return equals(NONE);
    }

    @Override
    public boolean test(Hit hit) {
        return isOfType(hit) && isInLanguage(hit) && isInTime(hit);
    }

    Filter withoutTypes() {
        return new Filter(Set.of(), languages, from, to);
    }

    Filter withoutLanguages() {
        return new Filter(types, Set.of(), from, to);
    }

    Filter withoutTime() {
        return new Filter(types, languages, null, null);
    }

    private boolean isOfType(Hit hit) {
        return types.isEmpty() || types.contains(hit.document().type());
    }

    private boolean isInLanguage(Hit hit) {
        return languages.isEmpty() || languages.contains(hit.passage().source().chunk().language());
    }

    private boolean isInTime(Hit hit) {
        var at = hit.document().at();
        return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
    }
}
