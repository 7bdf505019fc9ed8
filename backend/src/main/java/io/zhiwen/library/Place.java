package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;
import java.util.UUID;

/// What in a base can have rights of its own.
public sealed interface Place {

    record InFolder(FolderId id) implements Place {}

    record InDocument(DocumentId id) implements Place {}

    /// Its row.
    default UUID row() {
        return switch (this) {
            case InFolder(var id) -> id.value();
            case InDocument(var id) -> id.value();
        };
    }

    /// As the database and audit rows name it.
    default String kind() {
        return switch (this) {
            case InFolder _ -> "folder";
            case InDocument _ -> "document";
        };
    }
}
