package io.zhiwen.ingest.upload;

import java.util.UUID;

/// Names a document, over all its versions.
public record DocumentId(UUID value) {

    public static DocumentId random() {
        return new DocumentId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
