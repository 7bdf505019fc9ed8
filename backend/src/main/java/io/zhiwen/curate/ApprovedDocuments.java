package io.zhiwen.curate;

import io.zhiwen.curate.ApprovedRefused.Reason;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The documents of a base that answers are to rest on.
record ApprovedDocuments(Map<UUID, ApprovedStore.LiveDocument> byId) {

    /// Those of the base that a draft names.
    static ApprovedDocuments of(ApprovedStore store, KnowledgeBaseId base, ApprovedDraft draft) {
        List<UUID> ids = draft.sources().stream().map(ApprovedDraft.Source::document).toList();
        return new ApprovedDocuments(store.documents(base, ids, List.of()));
    }

    /// Those of the base that lines name, by name or id.
    static ApprovedDocuments of(
            ApprovedStore store, KnowledgeBaseId base, List<ApprovedLine> lines) {
        List<UUID> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ApprovedLine line : lines) {
            for (String document : line.documents()) {
                names.add(document);
                try {
                    ids.add(UUID.fromString(document));
                } catch (IllegalArgumentException _) {
                    // a name and no id
                }
            }
        }
        return new ApprovedDocuments(store.documents(base, ids, names));
    }

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
}
