package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Golden questions, runs and profiles through the doors.
class EvaluationDoorTest extends House {

    private static final String PROFILES = "/api/v1/retrieval-profiles";

    @Test
    void importedQuestionsAreAskedAndAProfileThatRefusesMoreIsKeptFromGoingLive() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Golden").id();
        upload(base, "leave.txt", "Every employee has 15 days of annual leave.");
        upload(base, "travel.txt", "Train tickets of the second class are paid for.");
        awaitFound(full, base, "annual leave", "second class tickets");

        var golden = "/api/v1/knowledge-bases/" + base + "/golden-questions";
        var lines =
                """
                {"question": "How many days of annual leave are there?", "documents": ["leave.txt"]}
                {"question": "Which train tickets are paid for?", "answers": ["second class"]}
                {"question": "火星上的大气压是多少？", "answerable": false}
                """;
        var wrong =
                full.send("POST", golden + "/import", lines + "{\"question\": 1}", "text/plain");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("Line 4");
        assertThat(full.get(golden).json().get("items")).isEmpty();
        var imported = full.send("POST", golden + "/import", lines, "application/x-ndjson");
        assertThat(imported.json().get("added").asInt()).isEqualTo(3);
        var again = full.send("POST", golden + "/import", lines, "application/x-ndjson");
        assertThat(again.json().get("known").asInt()).isEqualTo(3);

        JsonNode before = run(full, base, "null");
        assertThat(before.get("figures").get("hit@1").asDouble()).isEqualTo(1);
        assertThat(before.get("figures").get("ndcg@10").asDouble()).isEqualTo(1);
        assertThat(before.get("figures").get("false_answers").asDouble()).isZero();
        var results = full.get("/api/v1/evaluation-runs/" + id(before) + "/results").json();
        assertThat(results.get("items")).hasSize(3);
        assertThat(results.get("items").get(2).get("refused").asBoolean()).isTrue();

        reliabilityIsTold(full, id(before));

        var strict = full.post(PROFILES, "{\"name\": \"strict\", \"refuse_below\": 1}").json();
        var live = PROFILES + "/" + id(strict) + "/live";
        assertThat(full.post(live, "{}").json().get("code").asString()).isEqualTo("gate");
        JsonNode after = run(full, base, "\"" + id(strict) + "\"");
        assertThat(after.get("figures").get("false_refusals").asDouble()).isEqualTo(1);
        var closed = full.post(live, "{}");
        assertThat(closed.status()).isEqualTo(409);
        assertThat(closed.body()).contains("annual leave");

        assertThat(refused(full, base)).isFalse();
        assertThat(full.post(live, "{\"gate\": false}").status()).isEqualTo(200);
        assertThat(refused(full, base)).isTrue();

        var admin = signedIn("root");
        var path = "/admin/evaluation/compare?before=" + id(before) + "&after=" + id(after);
        var page = Jsoup.parse(admin.get(path).body());
        var rows = page.select("[data-testid=compare-row]");
        assertThat(rows.eachAttr("data-verdict")).containsExactly("worse", "worse", "same");
        assertThat(admin.get("/admin/evaluation/" + base).body()).contains("data-testid=\"chart\"");

        assertThat(admin.form("/admin/evaluation/profiles/live", java.util.Map.of()).status())
                .isEqualTo(302);
        assertThat(refused(full, base)).isFalse();
        assertThat(full.send("DELETE", PROFILES + "/" + id(strict), "", "").status())
                .isEqualTo(409);
        assertThat(admin.get("/admin/evaluation").body()).contains("strict");
    }

    private static boolean refused(Visitor full, KnowledgeBaseId base) throws Exception {
        return full.post(
                        "/api/v1/ask",
                        "{\"question\": \"How many days of annual leave are there?\","
                                + " \"knowledge_base_ids\": [\""
                                + base
                                + "\"]}")
                .json()
                .get("refused")
                .asBoolean();
    }

    private void reliabilityIsTold(Visitor full, String run) throws Exception {
        var told = full.get("/api/v1/evaluation-runs/" + run + "/reliability").json();
        assertThat(told.get("passages").asInt()).isPositive();
        assertThat(told.get("expected_calibration_error").asDouble()).isBetween(0.0, 1.0);
        assertThat(told.get("refusal")).hasSize(51);
        var shown = Jsoup.parse(signedIn("root").get("/admin/evaluation/runs/" + run).body());
        assertThat(shown.select("[data-testid=reliability-chart] polyline")).hasSize(2);
        assertThat(shown.select("[data-testid=reliability-bins] tbody tr"))
                .hasSize(told.get("bins").size());
        assertThat(shown.select("[data-testid=refusal-curve] tbody tr")).hasSize(11);
    }

    @Test
    void aProfileKeepsACalibrationOfItsOwnAndQuestionsAreJudgedByIt() throws Exception {
        var full = service(fullKey);
        var base = library.create(root, "Calibrated").id();
        upload(base, "parking.txt", "Bicycles are parked behind the east gate.");
        awaitFound(full, base, "bicycles east gate");
        var usual = full.get(PROFILES).json().get("items").get(0).get("calibration");
        assertThat(usual.get("name").asString()).isEqualTo("bundled");

        var low =
                usual.toString()
                        .replace("\"bundled\"", "\"calibrated here\"")
                        .replaceAll("\"constant\":[^,]+", "\"constant\":-900");
        var made =
                full.post(PROFILES, "{\"name\":\"by weights\",\"calibration\":" + low + "}").json();
        assertThat(made.get("calibration").get("asked").get("read").get("constant").asDouble())
                .isEqualTo(-900);
        full.send(
                "POST",
                "/api/v1/knowledge-bases/" + base + "/golden-questions/import",
                "{\"question\": \"Where are bicycles parked?\", \"documents\": [\"parking.txt\"]}",
                "application/x-ndjson");
        assertThat(refusedShare(run(full, base, "null"))).isZero();
        assertThat(refusedShare(run(full, base, "\"" + id(made) + "\""))).isEqualTo(1);
        aCalibrationIsPastedAndASpoiltOneIsNot(full);

        for (JsonNode one : full.get(PROFILES).json().get("items")) {
            if (List.of("by weights", "pasted").contains(one.get("name").asString())) {
                var gone = full.send("DELETE", PROFILES + "/" + id(one), "", "");
                assertThat(gone.status()).isEqualTo(204);
            }
        }
        library.delete(root, base);
    }

    private void aCalibrationIsPastedAndASpoiltOneIsNot(Visitor full) throws Exception {
        var admin = signedIn("root");
        var page = Jsoup.parse(admin.get("/admin/evaluation").body());
        var file =
                page.select("[data-testid=calibration]").stream()
                        .map(Element::text)
                        .filter(text -> text.contains("calibrated here"))
                        .findFirst()
                        .orElse("");
        assertThat(file).contains("-900");
        var profiles = "/admin/evaluation/profiles";
        admin.form(profiles, Map.of("name", "pasted", "calibration", file));
        admin.form(profiles, Map.of("name", "spoilt", "calibration", "{\"asked\": 3}"));
        assertThat(full.get(PROFILES).body()).contains("\"pasted\"").doesNotContain("\"spoilt\"");
        var wrong = full.post(PROFILES, "{\"name\":\"w\",\"calibration\":{\"name\":\"x\"}}");
        assertThat(wrong.status()).isEqualTo(400);
    }

    private static double refusedShare(JsonNode run) {
        return run.get("figures").get("false_refusals").asDouble();
    }

    private static String id(JsonNode of) {
        return of.get("id").asString();
    }

    private static JsonNode run(Visitor full, KnowledgeBaseId base, String profile)
            throws Exception {
        var started =
                full.post(
                        "/api/v1/knowledge-bases/" + base + "/evaluation-runs",
                        "{\"profile_id\": " + profile + "}");
        assertThat(started.status()).isEqualTo(202);
        var until = Instant.now().plus(Duration.ofSeconds(60));
        var now = started.json();
        while (now.get("state").asString().equals("running")) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(50);
            now = full.get(started.header("Location")).json();
        }
        assertThat(now.get("state").asString()).isEqualTo("done");
        return now;
    }

    /// The index follows a moment after a document is ready.
    private static void awaitFound(Visitor full, KnowledgeBaseId base, String... queries)
            throws Exception {
        for (var query : List.of(queries)) {
            var until = Instant.now().plus(Duration.ofSeconds(60));
            while (full.post(
                                    "/api/v1/search",
                                    "{\"query\": \"%s\", \"knowledge_base_ids\": [\"%s\"]}"
                                            .formatted(query, base))
                            .json()
                            .get("items")
                            .size()
                    < queries.length) {
                assertThat(Instant.now()).isBefore(until);
                Thread.sleep(50);
            }
        }
    }
}
