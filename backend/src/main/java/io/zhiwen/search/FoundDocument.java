package io.zhiwen.search;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentLife;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The document of a passage, in its live version.
///
/// @param version the live one
/// @param type as `FileTypes` names it; empty for one it does not know
/// @param at when the version was uploaded
/// @param folders it lies in, from the top down; empty at the top of its base
/// @param owner the name of who answers for it; empty for nobody
/// @param fields with values, in the order of the base
/// @param life today; what took its place where the searcher may read that
public record FoundDocument(
        DocumentId id,
        int version,
        String name,
        KnowledgeBaseId base,
        String baseName,
        String type,
        Instant at,
        List<String> tags,
        List<NamedFolder> folders,
        String owner,
        List<FoundField> fields,
        DocumentLife life) {

    public record NamedFolder(UUID id, String name) {}

    public FoundDocument {
        tags = List.copyOf(tags);
        folders = List.copyOf(folders);
        fields = List.copyOf(fields);
    }

    /// The names of its folders, from the top down.
    public List<String> path() {
        return folders.stream().map(NamedFolder::name).toList();
    }

    /// By their names.
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), field.value()));
        return values;
    }
}
