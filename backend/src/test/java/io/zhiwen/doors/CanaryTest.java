package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ingest.store.ReaderDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// T7: what a base hides reaches no model when somebody asks who may not read it, by whatever door,
/// and no reply or event of theirs. The matrix looks at every other door.
class CanaryTest extends House {

    private static final String QUESTION = "How many days of annual leave does the board have?";

    @Autowired ReaderDatabase readers;

    @Test
    void questionsOfThoseWhoMayNotReadABaseBringNoneOfItToAModelOrBack() throws Exception {
        assertThat(readers.missing()).isNull();
        awaitReady(documentA);
        awaitReady(documentB);
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

            assertThat(model.requests).as("asked the model").hasSizeGreaterThanOrEqualTo(3);
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

    private static String question(String more) {
        return "{\"question\": \"" + QUESTION + "\"" + more + "}";
    }
}
