package io.zhiwen.source.place;

import java.util.List;

/// A way to bring documents in.
public interface SourceKind {

    /// As the database, the API and the message keys write it.
    String name();

    /// What must be known of a place of this kind.
    List<Field> fields();

    /// What a person recognises the place by, e.g. its path or address; no secret.
    String where(Place place);

    /// @throws SourceUnavailable when it cannot be read
    Source open(Place place) throws SourceUnavailable;
}
