package io.zhiwen.library;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder of a base.
///
/// @param parent the folder it is in; null at the top of the base
/// @param path the names from the top down to its own
/// @param documents in it and below
/// @param guarded whether it has rights of its own
public record Folder(
        FolderId id,
        KnowledgeBaseId base,
        @Nullable FolderId parent,
        List<String> path,
        long documents,
        boolean guarded) {

    public Folder {
        path = List.copyOf(path);
    }

    public String name() {
        return path.getLast();
    }
}
