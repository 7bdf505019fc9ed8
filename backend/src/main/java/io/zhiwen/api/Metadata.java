package io.zhiwen.api;

import io.zhiwen.search.FoundDocument;
import io.zhiwen.search.Hit;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is known of a passage, by names that stay, and by those of the fields of its base. Only
/// these can be asked for in a condition.
final class Metadata {

    private Metadata() {}

    static Map<String, Object> of(Hit hit) {
        var chunk = hit.passage().source().chunk();
        Map<String, Object> known = new LinkedHashMap<>(of(hit.document()));
        known.put("language", chunk.language().tag());
        if (chunk.page() != null) {
            known.put("page", chunk.page());
        }
        if (chunk.sheet() != null) {
            known.put("sheet", chunk.sheet());
        }
        if (!chunk.headingPath().isEmpty()) {
            known.put("heading", String.join(" > ", chunk.headingPath()));
        }
        return known;
    }

    private static Map<String, Object> of(FoundDocument document) {
        Map<String, Object> known = new LinkedHashMap<>(document.values());
        known.put("document_id", document.id().toString());
        known.put("document_name", document.name());
        known.put("knowledge_base_id", document.base().toString());
        known.put("knowledge_base_name", document.baseName());
        known.put("uploaded_at", document.at().toString());
        if (!document.type().isEmpty()) {
            known.put("type", document.type());
        }
        if (!document.tags().isEmpty()) {
            known.put("tags", document.tags());
        }
        if (!document.folders().isEmpty()) {
            known.put("folder", String.join(" / ", document.path()));
        }
        if (!document.owner().isEmpty()) {
            known.put("owner", document.owner());
        }
        var life = document.life();
        if (life.validUntil() != null) {
            known.put("valid_until", life.validUntil().toString());
        }
        if (life.supersededBy() != null) {
            known.put("superseded_by", life.supersededBy().id().toString());
            known.put("superseded_by_name", life.supersededBy().name());
        }
        return known;
    }
}
