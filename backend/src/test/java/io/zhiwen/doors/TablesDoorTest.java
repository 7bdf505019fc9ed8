package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.upload.DocumentId;
import org.junit.jupiter.api.Test;

class TablesDoorTest extends House {

    private static final String QUESTION = "What is the total Budget of the Ocean programme?";

    @Test
    void whatATableSaysIsComputedAtEveryDoorAndOnlyForThoseWhoMayReadIt() throws Exception {
        DocumentId open =
                upload(
                        baseA,
                        "programmes.csv",
                        "Project,Programme,Budget\na,Ocean,1200\nb,Ocean,34\nc,Sky,5\n");
        DocumentId closed =
                upload(baseB, CANARY + ".csv", "Ship,Crew size\n" + CANARY + ",12\nMaru,30\n");
        awaitReady(open);
        awaitReady(closed);

        var told =
                service(limitedKey)
                        .post("/api/v1/ask", "{\"question\":\"" + QUESTION + "\"}")
                        .json();
        assertThat(told.path("engine").asString()).isEqualTo("computed");
        assertThat(told.path("answer").asString()).contains("**1,234**").contains("[1]");
        assertThat(told.path("note").asString()).contains("programmes.csv").contains("2 rows");
        assertThat(told.path("citations").path(0).path("text").asString())
                .isEqualTo("Project | Programme | Budget\na | Ocean | 1200\nb | Ocean | 34");

        var openAi =
                service(limitedKey)
                        .post(
                                "/v1/chat/completions",
                                """
                                {"model":"%s","messages":[{"role":"user","content":"%s"}]}
                                """
                                        .formatted(baseA, QUESTION));
        assertThat(openAi.json().path("choices").path(0).path("message").path("content").asString())
                .contains("**1,234**");
        var chat =
                signedIn("mei")
                        .withToken()
                        .post(
                                "/app/conversations",
                                "{\"text\":\"%s\",\"bases\":[\"%s\"]}".formatted(QUESTION, baseA));
        assertThat(chat.body()).contains("1,234").contains("Computed from 2 rows");

        String secret = "{\"question\":\"Which ship has the smallest crew size?\"}";
        assertThat(service(fullKey).post("/api/v1/ask", secret).json().path("engine").asString())
                .isEqualTo("computed");
        var refused = service(limitedKey).post("/api/v1/ask", secret);
        assertThat(refused.json().path("engine").asString()).isNotEqualTo("computed");
        assertThat(refused.body()).doesNotContain(CANARY);
        library.delete(root, open);
        library.delete(root, closed);
    }
}
