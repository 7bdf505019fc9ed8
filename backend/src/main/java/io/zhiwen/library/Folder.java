package io.zhiwen.library;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder of a base.
///
/// @param parent the folder it is in; null at the top of the base
/// @param path the names from the top down to its own
/// @param documents in it and below
public record Folder(
        FolderId id,
        KnowledgeBaseId base,
        @Nullable FolderId parent,
        List<String> path,
        long documents) {

    public Folder {
        path = List.copyOf(path);
    }

    public String name() {
        return path.getLast();
    }
}
