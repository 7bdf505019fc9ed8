package io.zhiwen.source.place;

import java.util.List;
import java.util.stream.Collectors;

/// A way to bring documents in.
public interface SourceKind {

    /// As the database, the API and the message keys write it.
    String name();

    /// What must be known of a place of this kind.
    List<Field> fields();

    /// What a person recognises the place by, e.g. its path or address; no secret.
    String where(Place place);

    /// Whom its secrets are told. They have to be written in again when it changes: else whoever
    /// may
    /// change a source could have them sent elsewhere.
    default String confidant(Place place) {
        return fields().stream()
                .filter(field -> field.required() && !field.isSecret())
                .map(field -> place.text(field.name()))
                .collect(Collectors.joining("\n"));
    }

    /// @throws SourceUnavailable when it cannot be read
    Source open(Place place) throws SourceUnavailable;
}
