package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.KeyLimits;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiDoorTest extends House {

    private static final String BASES = "/api/v1/knowledge-bases";

    @Test
    void aServiceMakesABaseUploadsSearchesAsksAndCleansUp() throws Exception {
        var full = service(fullKey);
        var made = full.post(BASES, "{\"name\": \" Rules \"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().get("name").asString()).isEqualTo("Rules");
        var base = made.json().get("id").asString();
        assertThat(made.header("Location")).isEqualTo(BASES + "/" + base);

        var sent =
                full.upload(
                        "POST",
                        BASES + "/" + base + "/documents",
                        "差旅.txt",
                        "Business trips are paid at 300 yuan a day."
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.json().get("name").asString()).isEqualTo("差旅.txt");
        assertThat(sent.json().get("status").asString())
                .isIn("queued", "parsing", "embedding", "ready");
        var document = sent.json().get("id").asString();
        var ready = settled(full, document);
        assertThat(ready.get("status").asString()).isEqualTo("ready");
        assertThat(ready.get("chunks").asInt()).isEqualTo(1);
        assertThat(ready.has("reason")).isFalse();

        var in = ", \"knowledge_base_ids\": [\"" + base + "\"]";
        var found = search(full, "{\"query\": \"business trip per day\"" + in + "}");
        assertThat(found.get("text").asString()).contains("300 yuan");
        assertThat(found.get("document").get("id").asString()).isEqualTo(document);
        assertThat(found.get("document").get("name").asString()).isEqualTo("差旅.txt");
        assertThat(found.get("score").isNumber()).isTrue();
        assertThat(found.get("heading_path").isArray()).isTrue();
        assertThat(found.has("page")).isTrue();

        var answer =
                full.post(
                        "/api/v1/ask",
                        "{\"question\": \"How much is paid a day for business trips?\"" + in + "}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("answer").asString()).contains("300 yuan");
        assertThat(answer.json().get("refused").asBoolean()).isFalse();
        assertThat(answer.json().get("engine").asString()).isEqualTo("extractive");
        var citation = answer.json().get("citations").get(0);
        assertThat(citation.get("number").asInt()).isEqualTo(1);
        assertThat(citation.get("text").asString()).contains("300 yuan");
        assertThat(citation.get("document").get("id").asString()).isEqualTo(document);

        assertThat(full.send("DELETE", "/api/v1/documents/" + document, "", "").status())
                .isEqualTo(204);
        assertThat(full.get("/api/v1/documents/" + document).status()).isEqualTo(404);
        assertThat(full.send("DELETE", BASES + "/" + base, "", "").status()).isEqualTo(204);
        assertThat(full.get(BASES + "/" + base).status()).isEqualTo(404);
    }

    @Test
    void anAnswerStreamsItsPartsAsEventsWithJson() throws Exception {
        settled(service(fullKey), documentA.toString());
        var reply =
                service(limitedKey)
                        .open(
                                "/api/v1/ask",
                                "{\"question\": \"How many days of annual leave?\", \"stream\": true}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
        assertThat(reply.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        List<String> names = new ArrayList<>();
        List<JsonNode> data = new ArrayList<>();
        try (var lines =
                new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            lines.lines()
                    .forEach(
                            line -> {
                                if (line.startsWith("event:")) {
                                    names.add(line.substring(6).strip());
                                } else if (line.startsWith("data:")) {
                                    data.add(JsonMapper.shared().readTree(line.substring(5)));
                                }
                            });
        }
        assertThat(names).contains("stage", "sources", "token").endsWith("done");
        assertThat(names).hasSameSizeAs(data);
        var text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals("token")) {
                text.append(data.get(i).get("text").asString());
            }
        }
        assertThat(data.getLast().get("answer").asString()).contains("15 days");
        assertThat(text.toString().strip())
                .isEqualTo(data.getLast().get("answer").asString().strip());
    }

    @Test
    void whoeverAsksTooOftenIsToldWhenToComeAgainAtEachDoor() throws Exception {
        var wish = new KeyWish("hasty", true, Set.of(), KeyScope.ALL, false, null);
        var made = keys.create(root, wish);
        keys.limit(root, made.row().id(), new KeyLimits(2, null));
        var hasty = service(made.secret());

        var first = hasty.get(BASES);
        assertThat(first.header("RateLimit-Limit")).isEqualTo("2");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("1");
        assertThat(hasty.get(BASES).status()).isEqualTo(200);
        var refused = hasty.get(BASES);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("code").asString()).isEqualTo("too-many-requests");
        assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(hasty.post("/api/dify/retrieval", "{}").status()).isEqualTo(429);
        assertThat(hasty.post("/mcp", "{}").status()).isEqualTo(429);

        var chat = "{\"model\": \"zhiwen\", \"messages\": []}";
        assertThat(hasty.post("/v1/chat/completions", chat).status()).isEqualTo(400);
        assertThat(hasty.post("/api/v1/ask", "{}").status()).isEqualTo(400);
        var tooMany = hasty.post("/v1/chat/completions", chat);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.json().get("error").get("type").asString())
                .isEqualTo("rate_limit_error");
        var upload = BASES + "/" + KnowledgeBaseId.random() + "/documents";
        assertThat(hasty.post(upload, "{}").status()).isEqualTo(415);
    }

    @Test
    void aForbiddenBaseIsNeverSeenThroughALimitedKey() throws Exception {
        settled(service(fullKey), documentB.toString());
        var limited = service(limitedKey);
        var forbidden = baseB.toString();
        var absent = KnowledgeBaseId.random().toString();
        assertThat(service(fullKey).get(BASES + "/" + forbidden).body()).contains(CANARY);

        List<String> seen = new ArrayList<>();
        seen.add(limited.get(BASES).body());
        seen.add(limited.get(BASES + "?limit=200").body());
        for (var query : List.of("annual leave of the board", CANARY, CANARY + ".txt")) {
            seen.add(limited.post("/api/v1/search", "{\"query\": \"" + query + "\"}").body());
            seen.add(limited.post("/api/v1/ask", "{\"question\": \"" + query + "\"}").body());
        }
        assertThat(String.join("\n", seen).replace("\"" + CANARY + "\"", ""))
                .doesNotContain("is " + CANARY)
                .doesNotContain("Board " + CANARY)
                .doesNotContain(baseB.toString())
                .doesNotContain(documentB.toString());

        for (var path :
                List.of(BASES + "/%s", BASES + "/%s/documents", BASES + "/%s/documents?limit=1")) {
            same(limited.get(path.formatted(forbidden)), limited.get(path.formatted(absent)));
        }
        for (var path : List.of("/api/v1/documents/%s", "/api/v1/documents/%s/original")) {
            same(limited.get(path.formatted(documentB)), limited.get(path.formatted(absent)));
        }
        for (var body :
                List.of(
                        "{\"query\": \"leave\", \"knowledge_base_ids\": [\"%s\"]}",
                        "{\"query\": \"leave\", \"knowledge_base_ids\": [\""
                                + baseA
                                + "\", \"%s\"]}")) {
            same(
                    limited.post("/api/v1/search", body.formatted(forbidden)),
                    limited.post("/api/v1/search", body.formatted(absent)));
        }
    }

    @Test
    void aPortalPassesItsReadersRightsThroughAndNoMore() throws Exception {
        var portal =
                service(
                        keys.create(
                                        root,
                                        new KeyWish(
                                                "reader portal",
                                                true,
                                                Set.of(),
                                                KeyScope.ALL,
                                                true,
                                                null))
                                .secret());
        var mei = portal.onBehalfOf("mei");
        assertThat(mei.get(BASES + "/" + baseA).status()).isEqualTo(200);
        same(mei.get(BASES + "/" + baseB), mei.get(BASES + "/" + KnowledgeBaseId.random()));
        assertThat(mei.get(BASES + "?limit=200").body()).doesNotContain(CANARY);
        assertThat(mei.post("/api/v1/search", "{\"query\": \"annual leave board\"}").body())
                .doesNotContain(CANARY);
        assertThat(mei.post(BASES, "{\"name\": \"x\"}").status()).isEqualTo(403);
        assertThat(portal.onBehalfOf("UTF-8''%6Dei").get(BASES).status()).isEqualTo(200);

        assertThat(service(fullKey).onBehalfOf("mei").get(BASES).status()).isEqualTo(403);
        assertThat(portal.onBehalfOf("nobody at all").get(BASES).status()).isEqualTo(403);
    }

    @Test
    void eachMistakeIsAProblemThatNamesItsField() throws Exception {
        var full = service(fullKey);
        problem(full.post(BASES, "{\"name\": \"\"}"), 400, "invalid-request", "name");
        var unknown = full.post(BASES, "{\"name\": \"x\", \"owner\": 1}");
        problem(unknown, 400, "unknown-field", "owner");
        assertThat(unknown.body()).contains("these do: name");
        problem(full.post(BASES, "{\"name\": "), 400, "malformed-json", "");
        problem(full.post(BASES, ""), 400, "malformed-json", "");
        problem(full.get(BASES + "?limit=0"), 400, "invalid-request", "limit");
        problem(full.get(BASES + "?limit=201"), 400, "invalid-request", "limit");
        problem(full.get(BASES + "?limit=many"), 400, "invalid-request", "limit");
        problem(full.get(BASES + "?cursor=bad"), 400, "invalid-cursor", "cursor");
        problem(
                full.get(BASES + "/" + baseA + "/documents?cursor=bad"),
                400,
                "invalid-cursor",
                "cursor");
        problem(full.get(BASES + "/no-id"), 404, "not-found", "");
        problem(full.get(BASES + "/" + UUID.randomUUID()), 404, "not-found", "");
        problem(full.get("/api/v1/nothing"), 404, "not-found", "");
        problem(full.send("PATCH", BASES, "", ""), 405, "method-not-allowed", "");
        problem(full.send("POST", BASES, "x", "text/plain"), 415, "unsupported-media-type", "");
        problem(full.post("/api/v1/search", "{\"query\": \" \"}"), 400, "invalid-request", "query");
        problem(
                full.post("/api/v1/search", "{\"query\": \"x\", \"limit\": 51}"),
                400,
                "invalid-request",
                "limit");
        problem(
                full.post("/api/v1/search", "{\"query\": \"x\", \"limit\": \"a\"}"),
                400,
                "invalid-request",
                "limit");
        problem(
                full.post(
                        "/api/v1/search",
                        "{\"query\": \"x\", \"knowledge_base_ids\": [\"no-id\"]}"),
                404,
                "not-found",
                "");
        problem(
                full.post("/api/v1/ask", "{\"question\": \"" + "x".repeat(5000) + "\"}"),
                400,
                "invalid-question",
                "question");
        problem(stranger().get(BASES), 401, "unauthorized", "");
        problem(service("zw_nobody_" + "x".repeat(43)).get(BASES), 401, "unauthorized", "");
        problem(service(limitedKey).post(BASES, "{\"name\": \"Mine\"}"), 403, "forbidden", "");
        problem(
                full.send("POST", BASES + "/" + baseA + "/documents", "{}", "application/json"),
                415,
                "unsupported-media-type",
                "");
        problem(
                full.send(
                        "POST",
                        BASES + "/" + baseA + "/documents",
                        "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n",
                        "multipart/form-data; boundary=b"),
                400,
                "invalid-request",
                "file");
    }

    @Test
    void anUploadOverTheLimitIsRefusedAndNothingOfItIsKept() throws Exception {
        var reply =
                service(fullKey)
                        .upload(
                                "POST",
                                BASES + "/" + baseA + "/documents",
                                "big.txt",
                                new byte[300 * 1024]);
        problem(reply, 413, "too-large", "file");
        assertThat(
                        db.sql("select count(*) from document where name = 'big.txt'")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void aFailedDocumentSaysWhyInTheLanguageAskedFor() throws Exception {
        var full = service(fullKey);
        var empty =
                full.upload("POST", BASES + "/" + baseA + "/documents", "empty.txt", new byte[0]);
        var document = settled(full, empty.json().get("id").asString());
        assertThat(document.get("status").asString()).isEqualTo("failed");
        assertThat(document.get("reason_code").asString()).isEqualTo("empty");
        assertThat(document.get("reason").asString()).contains("empty").endsWith(".");
        assertThat(document.has("chunks")).isFalse();

        var retry = full.post("/api/v1/documents/" + documentA + "/retry", "");
        settled(full, documentA.toString());
        assertThat(retry.status()).isIn(202, 409);
        problem(full.post("/api/v1/documents/" + documentA + "/retry", ""), 409, "not-failed", "");
    }

    @Test
    void aFileWhoseNameIsTakenIsANewVersionUnlessSomethingElseIsAskedFor() throws Exception {
        var limited = service(limitedKey);
        var documents = BASES + "/" + baseA + "/documents";
        var first = limited.upload("POST", documents, "same name.txt", bytes("one")).json();
        assertThat(first.get("result").asString()).isEqualTo("created");

        var next = limited.upload("POST", documents, "Same name.txt", bytes("two")).json();
        assertThat(next.get("result").asString()).isEqualTo("version");
        assertThat(next.get("id")).isEqualTo(first.get("id"));
        assertThat(next.get("version").asInt()).isEqualTo(2);
        var again = limited.upload("POST", documents, "same name.txt", bytes("two")).json();
        assertThat(again.get("result").asString()).isEqualTo("unchanged");
        assertThat(again.get("version").asInt()).isEqualTo(2);

        var refuse = documents + "?if_exists=refuse";
        var refused = limited.upload("POST", refuse, "same name.txt", bytes("three"));
        problem(refused, 409, "document-exists", "");
        assertThat(refused.body()).contains(first.get("id").asString());
        var keep = documents + "?if_exists=keep";
        var beside = limited.upload("POST", keep, "same name.txt", bytes("three")).json();
        assertThat(beside.get("result").asString()).isEqualTo("created");
        assertThat(beside.get("id")).isNotEqualTo(first.get("id"));
        problem(
                limited.upload("POST", documents + "?if_exists=x", "same name.txt", bytes("four")),
                400,
                "invalid-request",
                "if_exists");
    }

    @Test
    void aNewVersionReplacesADocumentAndTheOriginalIsOnlyEverSaved() throws Exception {
        var limited = service(limitedKey);
        var first =
                limited.upload(
                        "POST",
                        BASES + "/" + baseA + "/documents",
                        "a\".html",
                        bytes("<script>1</script>"));
        var id = first.json().get("id").asString();
        var next = limited.upload("PUT", "/api/v1/documents/" + id, "b.html", bytes("<p>two</p>"));
        assertThat(next.status()).isEqualTo(202);
        assertThat(next.json().get("version").asInt()).isEqualTo(2);

        var original = limited.get("/api/v1/documents/" + id + "/original");

        assertThat(original.body()).isEqualTo("<p>two</p>");
        assertThat(original.header("Content-Disposition")).startsWith("attachment;");
        assertThat(original.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(original.header("Content-Security-Policy")).startsWith("sandbox");
        assertThat(original.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(limited.get("/api/v1/documents/" + id + "/original?version=1").body())
                .isEqualTo("<script>1</script>");
        assertThat(limited.get("/api/v1/documents/" + id + "/original?version=3").status())
                .isEqualTo(404);
    }

    @Test
    void listsComeInPagesThatNeitherRepeatNorSkip() throws Exception {
        var full = service(fullKey);
        for (int i = 0; i < 5; i++) {
            assertThat(full.post(BASES, "{\"name\": \"page " + i + "\"}").status()).isEqualTo(201);
        }
        List<String> seen = new ArrayList<>();
        var cursor = "";
        do {
            var page = full.get(BASES + "?limit=2" + cursor).json();
            assertThat(page.get("items").size()).isLessThanOrEqualTo(2);
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : "&cursor=" + page.get("next_cursor").asString();
        } while (!cursor.isEmpty());
        assertThat(seen)
                .doesNotHaveDuplicates()
                .hasSize(library.bases(access.everythingFor(root)).size());
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceAndASessionIsNoKey() throws Exception {
        var made = keys.create(root, "short", true, List.of());
        assertThat(service(made.secret()).get(BASES).status()).isEqualTo(200);
        keys.revoke(root, made.row().id());
        assertThat(service(made.secret()).get(BASES).status()).isEqualTo(401);

        var admin = signedIn("root");
        assertThat(admin.get(BASES).status()).isEqualTo(401);
        assertThat(admin.post(BASES, "{\"name\": \"x\"}").status()).isEqualTo(401);
        assertThat(Visitor.session(service(fullKey).get(BASES))).isEmpty();
    }

    @Test
    void theDescriptionIsPublicAndNamesWhatTheContractNames() throws Exception {
        var api = stranger().get("/api/v1/openapi.json");
        assertThat(api.status()).isEqualTo(200);
        var json = api.json();
        assertThat(json.get("paths").propertyNames())
                .contains(
                        BASES,
                        BASES + "/{id}",
                        BASES + "/{id}/documents",
                        "/api/v1/documents/{id}",
                        "/api/v1/search",
                        "/api/v1/ask");
        assertThat(api.body())
                .contains("next_cursor", "heading_path", "knowledge_base_ids", "bearer");
        assertThat(api.body()).doesNotContain("\"principal\"");
        var page = stranger().get("/docs/api");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("api-docs.js").doesNotContain("<script>");
    }

    private JsonNode search(Visitor who, String body) throws Exception {
        var reply = who.post("/api/v1/search", body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json().get("items").get(0);
    }

    private JsonNode settled(Visitor who, String document) throws Exception {
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            var json = who.get("/api/v1/documents/" + document).json();
            if (List.of("ready", "failed").contains(json.get("status").asString())) {
                awaitIndex();
                return json;
            }
            assertThat(System.nanoTime()).as("still %s", json).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void same(Visitor.Reply one, Visitor.Reply other) {
        assertThat(one.status()).isEqualTo(404);
        assertThat(other.status()).isEqualTo(404);
        assertThat(plain(one)).isEqualTo(plain(other));
    }

    /// Without what each request has of its own.
    private static String plain(Visitor.Reply reply) {
        return reply.body()
                .replaceAll("\"traceId\":\"\\w+\"", "")
                .replaceAll("\"instance\":\"[^\"]+\"", "");
    }

    private static void problem(Visitor.Reply reply, int status, String code, String field)
            throws IOException {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        var json = reply.json();
        assertThat(json.get("code").asString()).isEqualTo(code);
        assertThat(json.get("status").asInt()).isEqualTo(status);
        assertThat(json.get("traceId").asString()).matches("[0-9a-f]{32}");
        assertThat(json.get("title").asString()).isNotBlank();
        assertThat(json.get("detail").asString()).isNotBlank();
        assertThat(reply.body()).doesNotContain("Exception").doesNotContain("io.zhiwen");
        if (field.isEmpty()) {
            assertThat(json.get("errors").size()).isZero();
        } else {
            assertThat(json.get("errors").get(0).get("field").asString()).isEqualTo(field);
            assertThat(json.get("errors").get(0).get("message").asString()).isNotBlank();
        }
    }
}
