package io.zhiwen.api;

import io.zhiwen.search.Hit;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is known of a passage, by names that stay. Only these can be asked for in a condition.
final class Metadata {

    private Metadata() {}

    static Map<String, Object> of(Hit hit) {
        var chunk = hit.passage().source().chunk();
        var document = hit.document();
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("document_id", document.id().toString());
        known.put("document_name", document.name());
        known.put("knowledge_base_id", document.base().toString());
        known.put("knowledge_base_name", document.baseName());
        known.put("language", chunk.language().tag());
        known.put("uploaded_at", document.at().toString());
        if (!document.type().isEmpty()) {
            known.put("type", document.type());
        }
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
}
