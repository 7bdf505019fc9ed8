package io.zhiwen.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client knows of one of its documents: what it was promised, and what may have happened
/// without its knowing.
final class Slot {

    enum Deleted {
        NO,
        YES,
        MAYBE
    }

    /// A request without an answer, to be sent again under its key.
    record Pending(Journal.Kind kind, String key, String version, byte[] content) {}

    final String name;

    /// Hash to name of the version's text, of all that was acknowledged, in its order.
    final List<String> acknowledged = new ArrayList<>();

    /// Hashes of what was sent, never acknowledged, and not sent again.
    final List<String> abandoned = new ArrayList<>();

    /// What a search must find of a version, by its hash.
    final Map<String, String> words = new HashMap<>();

    @Nullable String document;
    @Nullable Pending pending;
    Deleted deleted = Deleted.NO;

    Slot(String name) {
        this.name = name;
    }

    /// Nothing more is done to it.
    boolean isClosed() {
        return pending == null
                && (deleted != Deleted.NO || (document == null && !abandoned.isEmpty()));
    }

    /// Whether it must be there.
    boolean isPromised() {
        return document != null && deleted == Deleted.NO;
    }

    @Override
    public String toString() {
        return "%s %s acknowledged %s abandoned %s deleted %s"
                .formatted(name, document, acknowledged, abandoned, deleted);
    }
}
