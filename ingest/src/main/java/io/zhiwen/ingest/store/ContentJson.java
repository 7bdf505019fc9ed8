package io.zhiwen.ingest.store;

import io.zhiwen.ingest.clean.CleanDocument;
import tools.jackson.databind.json.JsonMapper;

/// How a clean document is kept.
final class ContentJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ContentJson() {}

    static String write(CleanDocument document) {
        return JSON.writeValueAsString(document);
    }

    static CleanDocument read(String json) {
        return JSON.readValue(json, CleanDocument.class);
    }
}
