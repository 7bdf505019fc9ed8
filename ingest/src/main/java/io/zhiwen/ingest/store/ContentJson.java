package io.zhiwen.ingest.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Finding;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// How a clean document is kept.
final class ContentJson {

    /// What was kept before there were findings has none.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .withConfigOverride(
                            List.class,
                            lists ->
                                    lists.setNullHandling(
                                            JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                    .build();

    private ContentJson() {}

    static String write(CleanDocument document) {
        return JSON.writeValueAsString(document);
    }

    static String write(List<Finding> findings) {
        return JSON.writeValueAsString(findings);
    }

    static CleanDocument read(String json) {
        return JSON.readValue(json, CleanDocument.class);
    }
}
