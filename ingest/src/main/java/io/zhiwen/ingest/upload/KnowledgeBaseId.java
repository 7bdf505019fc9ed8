package io.zhiwen.ingest.upload;

import java.util.UUID;

/// Names a knowledge base.
public record KnowledgeBaseId(UUID value) {

    public static KnowledgeBaseId random() {
        return new KnowledgeBaseId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
