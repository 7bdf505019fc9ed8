package io.zhiwen.api;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;

/// Ids as they come in. One that is no id names nothing, like one that is unknown.
final class Ids {

    private Ids() {}

    static List<KnowledgeBaseId> bases(List<String> ids) {
        return ids.stream().map(Ids::base).distinct().toList();
    }

    private static KnowledgeBaseId base(String id) {
        try {
            return new KnowledgeBaseId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw new NotThere("knowledge base");
        }
    }
}
