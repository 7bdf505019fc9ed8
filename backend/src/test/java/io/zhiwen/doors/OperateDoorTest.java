package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// What is open to those who look after the installation, and to nobody else.
@ExtendWith(OutputCaptureExtension.class)
class OperateDoorTest extends House {

    private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\| `(zhiwen_\\w+)` \\|");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (zhiwen_\\w+) (\\w+)$");

    @Test
    void metricsAreForFullKeysOnly() throws Exception {
        var path = "/actuator/prometheus";
        assertThat(stranger().get(path).status()).isEqualTo(401);
        assertThat(service(limitedKey).get(path).status()).isEqualTo(403);
        assertThat(signedIn("root").get(path).status()).isEqualTo(401);
        assertThat(service(fullKey).get(path).status()).isEqualTo(200);
        assertThat(service(fullKey).get("/actuator/env").status()).isNotEqualTo(200);
    }

    @Test
    void theTableOfMetricsIsWhatTheProductGives() throws Exception {
        ask("How many days of annual leave are there?");
        var table = Files.readString(Path.of("docs", "metrics.md"));
        Set<String> told =
                IN_TABLE.matcher(table)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        var given = service(fullKey).get("/actuator/prometheus").body();
        Set<String> names =
                TYPE.matcher(given)
                        .results()
                        .map(found -> name(found.group(1), found.group(2)))
                        .filter(name -> !name.endsWith("_max"))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).isEqualTo(told);
        assertThat(given)
                .contains("zhiwen_answers_running 0")
                .contains("http_server_requests_seconds_count")
                .contains("hikaricp_connections_max{pool=\"zhiwen\"}")
                .contains("jvm_memory_used_bytes")
                .doesNotContain(CANARY);
    }

    @Test
    void nothingIsSentAnywhereUnlessACollectorIsNamed() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("otlp") || name.contains("BatchSpanProcessor"));
    }

    @Test
    void partsAreNamedToAdminsOnly() throws Exception {
        assertThat(stranger().get("/actuator/health").body()).doesNotContain("database");
        assertThat(signedIn("mei").get("/actuator/health").body()).doesNotContain("database");
        assertThat(signedIn("root").get("/actuator/health").body())
                .contains("\"database\":{\"status\":\"UP\"}", "encoders", "index", "threads");
        assertThat(stranger().get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(stranger().get("/actuator/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void theStatusSaysWhatWasDone() throws Exception {
        ask("How many days of annual leave are there?");
        var status = service(fullKey).get("/api/v1/status").body();
        assertThat(status).contains("\"well\":true", "\"database\":true", "\"documents\":{");
        assertThat(status).contains("\"nodes\":[{").doesNotContain(CANARY);
        var page = signedIn("root").get("/admin/status").body();
        assertThat(page).contains("data-testid=\"status-parts\"").contains("status-nodes");
    }

    @Test
    void theStatusSaysWhichNodesHoldPlacesAtAModelServer() throws Exception {
        var named = "shared model of three";
        assertThat(
                        service(fullKey)
                                .send(
                                        "POST",
                                        "/api/v1/model-servers",
                                        """
                                        {"name":"%s","url":"http://127.0.0.1:9/v1","model":"m","slots":3}
                                        """
                                                .formatted(named),
                                        JSON)
                                .status())
                .isEqualTo(201);
        var server =
                db.sql("select id from model_server where name = :name")
                        .param("name", named)
                        .query(UUID.class)
                        .single();
        place(server, "node of the second floor", true, 600);
        place(server, "node of the second floor", true, 600);
        place(server, "node of the second floor", false, 600);
        place(server, "node that is gone", true, -1);
        var own = db.sql("select name from node limit 1").query(String.class).single();
        try {
            assertThat(service(fullKey).get("/api/v1/status").body())
                    .contains(
                            """
                            {"name":"%s","slots":3,"used":2,"waiting":1,"nodes":[\
                            {"node":"%s","used":0,"waiting":0},\
                            {"node":"node of the second floor","used":2,"waiting":1}]}\
                            """
                                    .formatted(named, own));
            assertThat(signedIn("root").get("/admin/status").body())
                    .contains(named, "2 of 3 in use", "node of the second floor")
                    .doesNotContain("node that is gone");
        } finally {
            db.sql("delete from model_slot where server = :id").param("id", server).update();
            db.sql("delete from model_server where id = :id").param("id", server).update();
        }
    }

    @Test
    void aRequestKeepsTheIdItsProxyGaveItWhenItIsOne() throws Exception {
        assertThat(problem("abcd-1234.EF_56")).contains("\"traceId\":\"abcd-1234.EF_56\"");
        for (var bad : new String[] {"short", "a".repeat(65), "<script>alert", "-abcdefgh"}) {
            assertThat(problem(bad))
                    .doesNotContain(bad)
                    .containsPattern("\"traceId\":\"[0-9a-f]{32}\"");
        }
    }

    @Test
    void theLogHoldsNoQuestionNoSecretAndNoForgedLine(CapturedOutput output) throws Exception {
        var question = "lemonade" + CANARY + " annual leave?";
        ask(question);
        service(fullKey)
                .send("POST", "/api/v1/ask", "{\"question\": " + question, "application/json");
        service(fullKey)
                .send("POST", "/api/v1/search", "{\"query\":\"\\u0000" + question + "\"}", JSON);
        var forged = "\u001b[31mforged\r\n2026-01-01T00:00:00.000Z INFO  Forged - line";
        LoggerFactory.getLogger(OperateDoorTest.class)
                .warn("{} cannot be read", forged, new IllegalStateException(forged));
        assertThat(output.getAll())
                .doesNotContain("lemonade")
                .doesNotContain(fullKey)
                .doesNotContain(PASSWORD)
                .doesNotContain("\u001b[31mforged");
        assertThat(output.getAll().lines())
                .noneMatch(line -> line.startsWith("2026-01-01T00:00:00.000Z INFO  Forged"));
    }

    private void place(UUID server, String node, boolean served, int seconds) {
        db.sql(
                        """
                        insert into model_slot (id, server, node, asker, served, since, lease_until)
                        values (gen_random_uuid(), :server, :node, '', :served, now(),
                            now() + :seconds * interval '1 second')
                        """)
                .param("server", server)
                .param("node", node)
                .param("served", served)
                .param("seconds", seconds)
                .update();
    }

    private static final String JSON = "application/json";

    private void ask(String question) throws IOException, InterruptedException {
        var reply =
                service(fullKey)
                        .send("POST", "/api/v1/ask", "{\"question\":\"" + question + "\"}", JSON);
        assertThat(reply.status()).isEqualTo(200);
    }

    private String problem(String id) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + port + "/api/v1/nothing");
            var request = HttpRequest.newBuilder(address).header("X-Request-Id", id).build();
            var reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(reply.body())
                    .contains(reply.headers().firstValue("X-Request-Id").orElseThrow());
            return reply.body();
        }
    }

    private static String name(String shown, String type) {
        return type.equals("counter") && !shown.endsWith("_total") ? shown + "_total" : shown;
    }
}
