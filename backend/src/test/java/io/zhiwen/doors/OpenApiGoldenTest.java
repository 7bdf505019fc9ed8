package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `openapi.json` beside this class's resources is what programs were written for: what the product
/// serves may add to it and break nothing of it. With `-Dzhiwen.golden=write` what was added is
/// written down; what breaks is not.
class OpenApiGoldenTest extends House {

    private static final Path GOLDEN = Path.of("src/test/resources/io/zhiwen/doors/openapi.json");
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    @Test
    void theApiKeepsWhatProgramsWereWrittenFor() throws Exception {
        var served = stranger().get("/api/v1/openapi.json");
        assertThat(served.status()).isEqualTo(200);

        assertThat(OpenApiChanges.breaking(golden(), served.json())).isEmpty();
        if ("write".equals(System.getProperty("zhiwen.golden"))) {
            var sorted = JSON.readValue(served.body(), Map.class);
            Files.writeString(GOLDEN, JSON.writeValueAsString(sorted) + "\n");
        }
    }

    @Test
    void whatBreaksAProgramIsNoticed() throws IOException {
        assertThat(golden().path("paths").size()).isGreaterThan(20);
        breaks("\"/api/v1/ask\":{", "\"/api/v1/answer\":{", "POST /api/v1/ask is gone");
        breaks(
                "\"maximum\":50",
                "\"maximum\":20",
                "POST /api/v1/search .limit takes no more than 20");
        breaks("\"required\":[\"query\"]", "\"required\":[\"query\",\"limit\"]", "demands limit");
        breaks("\"partial\":{", "\"whole\":{", ".partial is gone");
        breaks("\"traceId\":{", "\"trace\":{", ".traceId is gone");
    }

    @Test
    void everyOperationAndEveryObjectThatIsSentAsJsonHasANameOfItsOwn() throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode path : golden().path("paths")) {
            for (JsonNode route : path) {
                ids.add(route.path("operationId").asString());
                for (var type : List.of("application/json", "application/problem+json")) {
                    assertThat(route.findValues(type))
                            .as(ids.getLast())
                            .allMatch(content -> !content.path("schema").has("properties"));
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates().contains("postAsk", "getDocumentVersions");
        for (JsonNode schema : golden().path("components").path("schemas")) {
            for (JsonNode property : schema.path("properties")) {
                assertThat(property.findValue("properties")).as(property.toString()).isNull();
            }
        }
    }

    @Test
    void whatIsAddedBreaksNobody() throws IOException {
        var added =
                text().replace("\"traceId\":{", "\"more\":{\"type\":\"string\"},\"traceId\":{")
                        .replace("\"paths\":{", "\"paths\":{\"/api/v1/new\":{\"get\":{}},");
        assertThat(added).isNotEqualTo(text());
        assertThat(OpenApiChanges.breaking(golden(), JSON.readTree(added))).isEmpty();
    }

    private static void breaks(String before, String after, String told) throws IOException {
        var changed = text().replace(before, after);
        assertThat(changed).as(before).isNotEqualTo(text());
        assertThat(OpenApiChanges.breaking(golden(), JSON.readTree(changed)))
                .as(after)
                .anyMatch(one -> one.contains(told));
    }

    private static String text() throws IOException {
        return golden().toString();
    }

    private static JsonNode golden() throws IOException {
        return JSON.readTree(Files.readString(GOLDEN));
    }
}
