package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Grantee;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// T7: what a base hides reaches no model when somebody asks who may not read it, by whatever door,
/// and no reply or event of theirs. The matrix looks at every other door.
class CanaryTest extends House {

    private static final Pattern CHAT = Pattern.compile("\"id\" *: *\"([0-9a-f-]{36})\"");
    private static final String QUESTION = "How many days of annual leave does the board have?";

    @Autowired ReaderDatabase readers;

    @Test
    void questionsOfThoseWhoMayNotReadABaseBringNoneOfItToAModelOrBack() throws Exception {
        assertThat(readers.missing()).isNull();
        awaitReady(documentA);
        awaitReady(documentB);
        var logged = new Logged();
        try (var model =
                new ScriptedServer(one -> one.stream().token("Fifteen days. [1]").finish())) {
            db.sql("delete from model_server").update();
            var made =
                    service(fullKey)
                            .post(
                                    "/api/v1/model-servers",
                                    "{\"name\": \"watched\", \"url\": \"%s\"}"
                                            .formatted(model.url()));
            assertThat(made.status()).isEqualTo(201);

            List<String> replies = new ArrayList<>();
            var limited = service(limitedKey);
            replies.add(limited.post("/api/v1/ask", question("")).body());
            replies.add(limited.post("/api/v1/ask", question(", \"stream\": true")).body());
            replies.add(limited.post("/api/v1/search", "{\"query\": \"" + QUESTION + "\"}").body());
            replies.add(
                    limited.post(
                                    "/v1/chat/completions",
                                    """
                                    {"model": "zhiwen", "messages": [{"role": "user", "content": "%s"}]}
                                    """
                                            .formatted(QUESTION))
                            .body());
            var mei = signedIn("mei");
            replies.add(mei.post("/app/conversations", "{\"text\": \"" + QUESTION + "\"}").body());
            replies.add(mei.get("/search?q=annual+leave+of+the+board").body());
            replies.add(
                    limited.post(
                                    "/v1/chat/completions",
                                    """
                                    {"model": "zhiwen", "stream": true,
                                        "messages": [{"role": "user", "content": "%s"}]}
                                    """
                                            .formatted(QUESTION))
                            .body());
            for (var base : List.of(baseA, baseB)) {
                replies.add(
                        limited.post(
                                        "/api/dify/retrieval",
                                        """
                                        {"knowledge_id": "%s", "query": "%s",
                                         "retrieval_setting": {"top_k": 50, "score_threshold": 0}}
                                        """
                                                .formatted(base, QUESTION))
                                .body());
            }
            replies.addAll(everyWayToReadAChat(mei, chat(replies.get(4)), ""));
            var full = service(fullKey);
            full.post(
                    "/api/v1/knowledge-bases/" + baseA + "/golden-questions",
                    question(", \"answerable\": false"));
            var run = full.post("/api/v1/knowledge-bases/" + baseA + "/evaluation-runs", "{}");
            assertThat(run.status()).isEqualTo(202);
            var path = run.header("Location");
            while (full.get(path).json().get("state").asString().equals("running")) {
                Thread.sleep(25);
            }
            replies.add(full.get(path + "/results").body());

            assertThat(replies).allSatisfy(reply -> assertThat(reply).isNotBlank());
            assertThat(logged.lines()).doesNotContain(CANARY);
            assertThat(model.requests).as("asked the model").hasSizeGreaterThanOrEqualTo(4);
            assertThat(replies).allSatisfy(reply -> assertThat(reply).doesNotContain(CANARY));
            assertThat(model.requests)
                    .allSatisfy(
                            request -> {
                                assertThat(request.body()).contains("annual leave");
                                assertThat(request.body()).doesNotContain(CANARY);
                            });

            service(fullKey).post("/api/v1/ask", question(""));
            assertThat(model.requests.getLast().body())
                    .as("whoever may read it is answered from it")
                    .contains(CANARY);
        } finally {
            db.sql("delete from model_server").update();
        }
    }

    @Test
    void whatWasAnsweredFromABaseIsGoneFromOldAndSharedChatsWithTheRight() throws Exception {
        awaitReady(documentA);
        awaitReady(documentB);
        var mei = signedIn("mei");
        grants.grant(root, member.id(), baseB);
        try {
            var told = mei.post("/app/conversations", "{\"text\": \"" + QUESTION + "\"}").body();
            assertThat(told).as("while it may be read").contains(CANARY);
            var chat = chat(told);
            var root = signedIn("root");
            var ofRoot =
                    chat(
                            root.post("/app/conversations", "{\"text\": \"" + QUESTION + "\"}")
                                    .body());
            var shared =
                    root.post("/app/conversations/" + ofRoot + "/share", "")
                            .json()
                            .get("path")
                            .asString();
            assertThat(everyWayToReadAChat(mei, chat, shared))
                    .anyMatch(reply -> reply.contains(CANARY));
            grants.revoke(House.root, baseB, new Grantee.Person(member.id()));

            var logged = new Logged();
            var replies = everyWayToReadAChat(mei, chat, shared);
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(reply).isNotBlank().doesNotContain(CANARY));
            assertThat(logged.lines()).doesNotContain(CANARY);
        } finally {
            grants.revoke(root, baseB, new Grantee.Person(member.id()));
        }
    }

    @Test
    void aWebhookIsToldOfItsBasesAndOfNoOther() throws Exception {
        var full = service(fullKey);
        var made =
                full.post(
                        "/api/v1/webhooks",
                        """
                        {"name": "watched", "url": "http://127.0.0.1:9", "knowledge_base_ids": ["%s"],
                            "events": ["document.ready", "question.unanswered"]}
                        """
                                .formatted(baseA));
        assertThat(made.status()).isEqualTo(201);
        try {
            awaitReady(upload(baseB, CANARY + " told.txt", "The board is told of " + CANARY + "."));
            awaitReady(upload(baseA, "told.txt", "Everybody is told of it."));
            full.post(
                    "/api/v1/ask",
                    "{\"question\": \"zeppelin "
                            + CANARY
                            + "?\", \"knowledge_base_ids\": [\""
                            + baseB
                            + "\"]}");
            assertThat(db.sql("select data::text from webhook_delivery").query(String.class).list())
                    .anyMatch(body -> body.contains("told.txt"))
                    .noneMatch(body -> body.contains(CANARY));
        } finally {
            db.sql("delete from webhook").update();
        }
    }

    /// Its page and those to which it goes, its files, what is found of it and proposed after it.
    ///
    /// @param shared the way to another one, empty for none
    private static List<String> everyWayToReadAChat(Visitor mei, String chat, String shared)
            throws Exception {
        List<String> replies = new ArrayList<>();
        replies.add(mei.get("/chat/" + chat).body());
        replies.add(mei.get("/app/conversations/" + chat + "/next").body());
        replies.add(mei.get("/app/conversations?q=" + CANARY).body());
        replies.add(mei.get("/chat/" + chat + "/export.md").body());
        for (var format : List.of("docx", "pdf")) {
            replies.add(words(mei.bytes("/chat/" + chat + "/export." + format), format));
        }
        if (!shared.isEmpty()) {
            replies.add(mei.get(shared).body());
        }
        return replies;
    }

    /// What a reader of the file sees.
    private static String words(byte[] file, String format) throws IOException {
        if (format.equals("pdf")) {
            try (var pdf = Loader.loadPDF(file)) {
                return new PDFTextStripper().getText(pdf);
            }
        }
        var all = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                all.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    private static String chat(String events) {
        var found = CHAT.matcher(events);
        assertThat(found.find()).as(events).isTrue();
        return found.group(1);
    }

    private static String question(String more) {
        return "{\"question\": \"" + QUESTION + "\"" + more + "}";
    }
}
