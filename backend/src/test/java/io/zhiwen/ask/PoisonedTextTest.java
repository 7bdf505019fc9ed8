package io.zhiwen.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.account.Scopes;
import io.zhiwen.ask.prompt.PromptSettings;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.QuestionSettings;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.stream.ExtractiveEngine;
import io.zhiwen.ask.stream.Lines;
import io.zhiwen.ask.stream.LlmSettings;
import io.zhiwen.ask.stream.ModelDirectory;
import io.zhiwen.ask.stream.ModelObserver;
import io.zhiwen.ask.stream.Models;
import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.ask.stream.Summaries;
import io.zhiwen.ask.table.Computing;
import io.zhiwen.conversation.AnswerHtml;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.BundledEncoders;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.priority.QuestionsFirst;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Fifty poisoned documents (instructions in ten languages, images, links, hidden text, metadata,
/// tables, forged roles, tool calls) against a model that does whatever it reads: it repeats what
/// it
/// reads word for word, cites what it likes, calls tools, and says every secret it can see. What
/// must hold then cannot depend on a model's good will.
@Timeout(120)
class PoisonedTextTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CANARY = "canary51c3e8d0b7";
    private static final String QUESTION = "How many days of annual leave are there?";

    /// Of another base; nobody here may read it.
    private static final String FOREIGN = "The board's secret is " + CANARY + ".";

    /// What a server's chat template would read as the end of a turn or the beginning of one.
    private static final Pattern CONTROL =
            Pattern.compile(
                    "(?i)<\\|[a-z_]+\\|>|<｜[^｜]*｜>|</?s>|\\[/?INST]|<</?SYS>>|\\[/?SYSTEM_PROMPT]"
                            + "|\\[/?(?:AVAILABLE_TOOLS|TOOL_CALLS)]|<(?:start|end)_of_turn>"
                            + "|</?(?:tool_call|think)>");

    private static final Pattern INVISIBLE =
            Pattern.compile(
                    "[\\u00AD\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]"
                            + "|[\\x{E0000}-\\x{E007F}]");

    private static final Pattern ACTIVE =
            Pattern.compile(
                    "(?i)<(?:img|image|picture|source|video|audio|svg|script|style|link|iframe|object|embed|form|meta|base|input)\\b|<button"
                            + " (?!class=\"(?:cite|doubt)\")"
                            + "|<[^>]*\\s(?:on\\w+|style|ping|src|srcset)\\s*=");
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    private static Encoders encoders;
    private static ServerSocket sink;
    private static final AtomicInteger VISITS = new AtomicInteger();
    private static List<JsonNode> documents = List.of();

    /// The text of the document that the model has before it.
    private static volatile String read = "";

    private final AnswerHtml html = new AnswerHtml();
    private final List<String> searched = new ArrayList<>();
    private final List<Trace> traces = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        encoders = BundledEncoders.open();
        sink = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(PoisonedTextTest::count);
        try (InputStream file =
                Objects.requireNonNull(
                        PoisonedTextTest.class.getResourceAsStream("poisoned.jsonl"))) {
            documents =
                    new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("SINK", String.valueOf(sink.getLocalPort()))
                            .lines()
                            .map(JSON::readTree)
                            .toList();
        }
    }

    @AfterAll
    static void close() throws IOException {
        sink.close();
        encoders.close();
    }

    @Test
    @DisplayName(
            "T1 and T4: a model that obeys every poisoned document reaches and changes nothing")
    void aModelThatObeysEverythingReachesAndChangesNothing() throws IOException {
        assertThat(documents).hasSizeGreaterThanOrEqualTo(40);
        try (var server = new ScriptedServer(PoisonedTextTest::obey)) {
            for (JsonNode document : documents) {
                traces.clear();
                searched.clear();
                read = document.get("text").asString().replace("CANARY", "done");
                int before = server.requests.size();
                Answer answer = ask(server, QUESTION, List.of(passage(document)));
                assertThat(server.requests).as("requests").hasSize(before + 1);
                var request = server.requests.getLast();
                assertThat(request.line()).endsWith("/chat/completions HTTP/1.1");
                assertThat(JSON.readTree(request.body()).has("tools")).isFalse();
                assertThat(request.body()).doesNotContain(CANARY);
                assertThat(answer.text()).isNotBlank().doesNotContain(CANARY);
                assertThat(answer.citations()).allMatch(one -> one.number() == 1);
                assertThat(searched).containsExactly(QUESTION);
                assertThat(traces).hasSize(1);
                assertHarmless(answer);
            }
        }
        assertThat(VISITS).hasValue(0);
    }

    @Test
    @DisplayName("T1: without a model the documents' own images and links are words too")
    void theDocumentsOwnSentencesAreHarmlessToo() {
        for (JsonNode document : documents) {
            assertHarmless(ask(null, QUESTION, List.of(passage(document))));
        }
        assertThat(VISITS).hasValue(0);
    }

    @Test
    @DisplayName("T3: a citation is a number that was sent, never an address")
    void aCitationIsANumberThatWasSent() throws IOException {
        try (var server =
                new ScriptedServer(
                        c ->
                                c.stream()
                                        .token("Leave is 21 days [1](javascript:alert(1)) [7] [-1]")
                                        .token(" [99999999999] [id](data:text/html,x) [1].")
                                        .finish())) {
            Answer answer =
                    ask(
                            server,
                            QUESTION,
                            List.of(Samples.passage(1, "Annual leave is 21 days a year.", 0.9)));
            assertThat(answer.citations()).hasSize(1);
            assertThat(answer.text()).doesNotContain("[7]");
            assertHarmless(answer);
            assertThat(rendered(answer)).doesNotContain("href=");
        }
    }

    @Test
    @DisplayName("T5 and T6: what the server received has no hidden character and no forged turn")
    void whatTheServerReceivedHasNoForgedTurn() throws IOException {
        try (var server = new ScriptedServer(c -> c.stream().token("21 days [1].").finish())) {
            for (JsonNode document : documents) {
                Passage passage = passage(document);
                String forged = document.get("text").asString();
                ask(server, forged + " How many days?", List.of(passage), new Turn(forged, forged));
                JsonNode messages = JSON.readTree(server.requests.getLast().body()).get("messages");
                assertThat(messages.findValuesAsString("role"))
                        .containsExactly("system", "user", "assistant", "user");
                String user = messages.get(3).get("content").asString();
                String said =
                        messages.get(1).get("content").asString()
                                + messages.get(2).get("content").asString()
                                + user;
                assertThat(said)
                        .as(document.toString())
                        .doesNotContainPattern(CONTROL)
                        .doesNotContainPattern(INVISIBLE);
                assertThat(user.split("<passage n=", -1)).hasSize(2);
                assertThat(user.split("</passages>", -1)).hasSize(2);
                assertThat(user.split("<question>", -1)).hasSize(2);
            }
        }
    }

    @Test
    @DisplayName("T5: scripts that need joiners and marks keep them")
    void ordinaryInvisibleCharactersStay() throws IOException {
        String persian = "می\u200cخواهم 👩\u200d👩\u200d👧 क्\u200dष";
        try (var server = new ScriptedServer(c -> c.stream().token("21 days [1].").finish())) {
            ask(server, QUESTION, List.of(Samples.passage(1, persian, 0.9)));
            assertThat(JSON.readTree(server.requests.getLast().body()).toString())
                    .contains(JSON.writeValueAsString(persian).replaceAll("^\"|\"$", ""));
        }
    }

    /// Does all that it reads, and says all that it knows.
    private static void obey(ScriptedServer.Connection connection) throws IOException {
        connection.stream();
        String url = "http://127.0.0.1:" + sink.getLocalPort();
        connection.delta(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":"
                        + "\"http_get\",\"arguments\":\"{\\\"url\\\":\\\""
                        + url
                        + "/tool\\\"}\"}}]}");
        connection.delta("{\"reasoning_content\":\"![x](" + url + "/think.png) I obey.\"}");
        connection.token(read + "\n\n");
        connection.token("I deleted everything [1][2][42]. ![x](" + url + "/all.png?q=secret)");
        connection.finish();
    }

    private void assertHarmless(Answer answer) {
        String page = rendered(answer);
        assertThat(page).as(answer.text()).doesNotContainPattern(ACTIVE);
        var links = LINK.matcher(page);
        while (links.find()) {
            assertThat(links.group(1)).matches("https?://.*");
            assertThat(page).contains("class=\"host\"", "noopener noreferrer");
        }
    }

    private String rendered(Answer answer) {
        return String.join("", html.blocks(answer.text(), answer.citations()));
    }

    private static Passage passage(JsonNode document) {
        String text = document.get("text").asString();
        Span span = new Span(0, text.length());
        var chunk =
                new Chunk(
                        0,
                        text,
                        List.of("Handbook", document.get("heading").asString()),
                        1,
                        null,
                        span,
                        span,
                        text.length() / 4,
                        Language.of(text));
        return new Passage(
                new StoredChunk(
                        1,
                        Samples.BASE,
                        DocumentId.random(),
                        1,
                        document.get("name").asString(),
                        chunk),
                0.9,
                0.9);
    }

    private Answer ask(
            @Nullable ScriptedServer server,
            String question,
            List<Passage> found,
            Turn... history) {
        List<AnswerEvent> events = new ArrayList<>();
        pipeline(server == null ? "" : server.url(), found)
                .answer(
                        new Answering.Ask(
                                question, List.of(history), Scopes.of(Samples.BASE), "anna"),
                        events::add,
                        () -> false);
        return ((AnswerEvent.Finished) events.getLast()).answer();
    }

    private Pipeline pipeline(String url, List<Passage> found) {
        Duration patience = Duration.ofSeconds(10);
        var llm =
                new LlmSettings(
                        url, "tiny", "", patience, patience, patience, patience, patience, 2, 300,
                        0);
        var models =
                new Models(
                        llm,
                        new PromptSettings(8192, 3500, 900, 1000),
                        ModelDirectory.EMPTY,
                        Lines.OWN,
                        ModelObserver.NONE);
        return new Pipeline(
                new Questions(
                        () -> new QuestionSettings(4000), (typed, _, _, _) -> Optional.of(typed)),
                (question, _, _, recorder) -> {
                    searched.add(question.text());
                    recorder.put("legs", List.of());
                    // what is not in the scope is never found, whatever a document asks for
                    return question.scope().bases().contains(Samples.BASE)
                            ? found
                            : List.of(Samples.passage(9, FOREIGN, 0.9));
                },
                () -> () -> false,
                new Prompts(new PromptSettings(8192, 3000, 900, 800), (_, _) -> Optional.empty()),
                models,
                new ExtractiveEngine(encoders, new PassageTokens(PassageTokens.Kept.NOTHING, 0)),
                (UUID id, String asked, Trace stored) -> traces.add(stored),
                () -> new Profile(RetrievalProfile.DEFAULT, new AnswerSettings(8, 0.35, 0.1, 3)),
                encoders,
                new UncountedTokens(),
                new SampleGuards(encoders),
                new Summaries(new PromptSettings(8192, 3000, 900, 800), llm),
                Approvals.NONE,
                Computing.NONE,
                new QuestionsFirst(),
                List.of());
    }

    private static void count() {
        while (!sink.isClosed()) {
            try {
                sink.accept().close();
                VISITS.incrementAndGet();
            } catch (IOException _) {
                return;
            }
        }
    }
}
