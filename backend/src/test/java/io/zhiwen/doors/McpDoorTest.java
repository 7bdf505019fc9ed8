package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The door for agents, entered by the client of MCP's own SDK.
class McpDoorTest extends House {

    private static final String LEAVE = "How many days of annual leave are there?";

    @Test
    void anAgentSearchesReadsOnAndAsks() throws Exception {
        awaitReady(documentA);
        try (var client = client(limitedKey)) {
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .containsExactlyInAnyOrder("search", "fetch", "ask");

            var found = call(client, "search", Map.of("query", LEAVE, "limit", 5));
            var first = found.get("results").get(0);
            assertThat(first.get("text").asString()).contains("15 days of annual leave");
            assertThat(first.get("url").asString())
                    .isEqualTo(
                            "http://127.0.0.1:" + port + "/library/documents/" + documentA.value());

            var read = call(client, "fetch", Map.of("id", first.get("id").asString()));
            assertThat(read.get("text").asString())
                    .isEqualTo("Every employee has 15 days of annual leave.");
            assertThat(read.get("next_offset").isNull()).isTrue();
            var rest =
                    call(client, "fetch", Map.of("id", first.get("id").asString(), "offset", 37));
            assertThat(rest.get("text").asString()).isEqualTo("leave.");

            var answer = call(client, "ask", Map.of("question", LEAVE));
            assertThat(answer.get("answer").asString()).contains("15 days").contains("[1]");
            assertThat(answer.get("citations").get(0).get("document").get("id").asString())
                    .isEqualTo(documentA.toString());
        }
    }

    @Test
    void whatTheKeyMayNotReadIsNotThere() throws Exception {
        awaitReady(documentB);
        try (var client = client(limitedKey);
                var full = client(fullKey)) {
            assertThat(
                            call(client, "search", Map.of("query", "annual leave of the board"))
                                    .toString())
                    .doesNotContain(CANARY);
            assertThat(
                            call(full, "search", Map.of("query", "annual leave of the board"))
                                    .toString())
                    .contains(CANARY);
            var hidden = Map.<String, Object>of("id", documentB.toString());
            var absent = Map.<String, Object>of("id", "00000000-0000-4000-8000-000000000000");
            assertThat(refusal(client, "fetch", hidden))
                    .isEqualTo(refusal(client, "fetch", absent));
            var inHidden =
                    Map.<String, Object>of(
                            "question", LEAVE, "knowledge_base_ids", List.of(baseB.toString()));
            assertThat(refusal(client, "ask", inHidden))
                    .isEqualTo(refusal(client, "fetch", absent));
        }
    }

    @Test
    void whatCannotBeAskedIsAResultThatSaysSo() {
        try (var client = client(limitedKey)) {
            assertThat(refusal(client, "ask", Map.of("question", "?!"))).contains("no words");
            assertThat(refusal(client, "search", Map.of("query", "x", "limit", 51)))
                    .contains("limit");
        }
    }

    @Test
    void withoutAGoodKeyTheDoorIsClosed() throws Exception {
        var reply = stranger().post("/mcp", "{}");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        try (var client = McpClient.sync(transport("zw_wrong")).build()) {
            assertThatThrownBy(client::initialize).hasMessageContaining("initializ");
        }
    }

    private McpSyncClient client(String key) {
        var client = McpClient.sync(transport(key)).requestTimeout(Duration.ofSeconds(60)).build();
        assertThat(client.initialize().serverInfo().name()).isEqualTo("zhiwen");
        return client;
    }

    private HttpClientStreamableHttpTransport transport(String key) {
        return HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + port)
                .endpoint("/mcp")
                .requestBuilder(HttpRequest.newBuilder().header("Authorization", "Bearer " + key))
                .build();
    }

    private static JsonNode call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        var result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
        assertThat(result.isError()).as(text(result)).isNotEqualTo(true);
        var told = JsonMapper.shared().readTree(text(result));
        assertThat(JsonMapper.shared().<JsonNode>valueToTree(result.structuredContent()))
                .isEqualTo(told);
        return told;
    }

    private static String refusal(
            McpSyncClient client, String tool, Map<String, Object> arguments) {
        var result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
        assertThat(result.isError()).isTrue();
        return text(result);
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().getFirst()).text();
    }
}
