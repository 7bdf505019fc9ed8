package io.zhiwen.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.conversation.Conversations;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The test page shows what the chat does: both doors are asked the same and must find the same.
class TestPageTest extends House {

    private static final String QUESTION = "How is leave requested, and how many days are there?";

    @Autowired Conversations conversations;
    private Visitor admin;

    @Test
    void theTestPageFindsThePassagesOfTheChatInTheSameOrder() throws Exception {
        var base = library.create(root, "Leave of all kinds").id();
        for (int i = 1; i <= 12; i++) {
            upload(
                    base,
                    "leave-" + i + ".txt",
                    "Kind %d of leave: %d days each year. It is requested in form L-%d."
                            .formatted(i, i + 3, i));
        }
        upload(base, "same.txt", "Kind 1 of leave: 4 days each year. It is requested in form L-1!");
        upload(base, "canteen.txt", "The canteen opens at noon and has soup on Fridays.");
        awaitIndexed(base, 14);

        List<JsonNode> chat = passagesOfTheChat(base);
        Document page = testPage(base, QUESTION);

        var shown = page.select("[data-testid=test-passages] [data-testid=candidate]");
        assertThat(chat).hasSizeGreaterThanOrEqualTo(5);
        assertThat(shown.eachAttr("data-chunk").subList(0, chat.size()))
                .isEqualTo(chat.stream().map(row -> row.get("chunk").asString()).toList());
        for (int i = 0; i < chat.size(); i++) {
            boolean sent = shown.get(i).attr("data-fate").equals("sent");
            assertThat(sent).isEqualTo(chat.get(i).get("kept").asBoolean());
        }
        assertThat(shown.size()).isGreaterThan(chat.size());
        assertThat(shown.get(chat.size()).attr("data-fate")).isEqualTo("behind");
        assertThat(page.select("[data-testid=test-legs] dt")).hasSize(5);
    }

    @Test
    void whatTheChatRefusesTheTestPageRefuses() throws Exception {
        awaitIndexed(baseA, 1);
        Document page = testPage(baseA, "火星上的大气压是多少？");
        assertThat(page.select("[data-testid=test-verdict]").attr("data-refused"))
                .isEqualTo("true");
        assertThat(page.select("[data-fate=sent]")).isEmpty();
    }

    private Visitor admin() throws Exception {
        if (admin == null) {
            admin = signedIn("root");
        }
        return admin;
    }

    private Document testPage(KnowledgeBaseId base, String question) throws Exception {
        var query = URLEncoder.encode(question, StandardCharsets.UTF_8);
        var path = "/admin/evaluation/test?question=" + query + "&base=" + base;
        var reply = admin().get(path);
        assertThat(reply.status()).isEqualTo(200);
        return Jsoup.parse(reply.body());
    }

    private List<JsonNode> passagesOfTheChat(KnowledgeBaseId base) throws Exception {
        var chat = conversations.create(root.id(), List.of(base));
        var trace = new CompletableFuture<UUID>();
        try (var attachment =
                conversations.ask(
                        root,
                        chat.id(),
                        QUESTION,
                        List.of(base),
                        event -> {
                            if (event instanceof AnswerEvent.Finished(var answer)) {
                                trace.complete(answer.trace());
                            }
                        })) {
            var json =
                    db.sql("select trace -> 'passages' from answer_trace where id = :id")
                            .param("id", trace.get(30, TimeUnit.SECONDS))
                            .query(String.class)
                            .single();
            List<JsonNode> rows = new ArrayList<>();
            JsonMapper.shared().readTree(json).forEach(rows::add);
            return rows;
        }
    }

    /// The index follows a moment after a document is ready.
    private void awaitIndexed(KnowledgeBaseId base, int chunks) throws Exception {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (testPage(base, QUESTION).select("[data-testid=candidate]").size() < chunks) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(50);
        }
    }
}
