package io.zhiwen.api;

import io.zhiwen.account.Choice;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids as they come in. One that is no id names nothing, like one that is unknown.
final class Ids {

    private Ids() {}

    static List<KnowledgeBaseId> bases(List<String> ids) {
        return ids.stream()
                .map(id -> new KnowledgeBaseId(id(id, "knowledge base")))
                .distinct()
                .toList();
    }

    /// What a request wants searched; what it does not say is not chosen.
    static Choice choice(
            @Nullable List<String> bases,
            @Nullable List<String> folders,
            @Nullable List<String> documents) {
        return new Choice(
                bases(listed(bases)),
                listed(folders).stream().map(id -> id(id, "folder")).distinct().toList(),
                listed(documents).stream()
                        .map(id -> new DocumentId(id(id, "document")))
                        .distinct()
                        .toList());
    }

    static UUID chat(String id) {
        return id(id, "chat");
    }

    private static List<String> listed(@Nullable List<String> ids) {
        return ids == null ? List.of() : ids;
    }

    private static UUID id(String id, String of) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw new NotThere(of);
        }
    }
}
