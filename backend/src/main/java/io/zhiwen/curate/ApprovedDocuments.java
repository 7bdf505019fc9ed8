package io.zhiwen.curate;

import io.zhiwen.curate.ApprovedRefused.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The documents answers of a base can rest on.
record ApprovedDocuments(Map<UUID, ApprovedStore.LiveDocument> byId) {

    /// @throws ApprovedRefused when the base has none of this id
    ApprovedStore.LiveDocument of(UUID id) {
        var document = byId.get(id);
        if (document == null) {
            throw ApprovedRefused.because(Reason.NO_DOCUMENT, id.toString());
        }
        return document;
    }

    /// @param name or an id
    /// @throws ApprovedRefused when there is none, or more than one
    UUID named(String name) {
        List<UUID> found =
                byId.values().stream()
                        .filter(
                                one ->
                                        one.name().equalsIgnoreCase(name)
                                                || one.id().toString().equals(name))
                        .map(ApprovedStore.LiveDocument::id)
                        .toList();
        if (found.size() != 1) {
            var reason = found.isEmpty() ? Reason.NO_DOCUMENT : Reason.AMBIGUOUS;
            throw ApprovedRefused.because(reason, name);
        }
        return found.getFirst();
    }

    Map<UUID, String> names() {
        Map<UUID, String> names = new HashMap<>();
        byId.values().forEach(one -> names.put(one.id(), one.name()));
        return names;
    }
}
