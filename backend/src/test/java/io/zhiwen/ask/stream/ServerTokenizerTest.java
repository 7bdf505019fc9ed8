package io.zhiwen.ask.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTokenizerTest {

    private ScriptedServer server;
    private long now;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(c -> c.head("500 x", "text/plain"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theServersOwnTokenizerCounts() {
        server.count(String::length);
        assertThat(tokenizer(server.url() + "/v1").count("四个字呢")).isEqualTo(OptionalInt.of(4));
        var asked = server.counted.getFirst();
        assertThat(asked.line()).startsWith("POST /tokenize ");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer sk-1");
        assertThat(asked.body()).contains("\"prompt\":\"四个字呢\"").contains("\"model\":\"tiny\"");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aCountIsTakenWhereAServerSaysOne() {
        server.countBy(
                c ->
                        c.head("200 OK", "application/json")
                                .raw("{\"count\":3,\"max_model_len\":99,\"tokens\":[1,2,3]}"));
        assertThat(tokenizer(server.url()).count("abc")).isEqualTo(OptionalInt.of(3));
    }

    @ParameterizedTest
    @CsvSource({"404 Not Found, {}", "200 OK, <html>", "200 OK, {\"error\":1}", "503 x, {}"})
    void aServerThatCannotCountIsNotAskedAgainForAWhile(String status, String body) {
        server.countBy(c -> c.head(status, "application/json").raw(body));
        var tokenizer = tokenizer(server.url());
        assertThat(tokenizer.count("a")).isEmpty();
        assertThat(tokenizer.count("b")).isEmpty();
        assertThat(server.counted).hasSize(1);
        now += Duration.ofMinutes(6).toNanos();
        server.count(_ -> 5);
        assertThat(tokenizer.count("c")).isEqualTo(OptionalInt.of(5));
        assertThat(tokenizer.count("d")).isEqualTo(OptionalInt.of(5));
    }

    @Test
    void nobodyWaitsForAServerThatSaysNothing() {
        server.countBy(ScriptedServer.Connection::awaitHangUp);
        assertThat(tokenizer(server.url()).count("a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/tokenize",
        "http://h:1/v1/, http://h:1/tokenize",
        "http://h:1/v1/chat/completions, http://h:1/tokenize",
        "http://h:1/llm/v1, http://h:1/llm/tokenize",
        "http://h:1/v1beta/openai, http://h:1/tokenize",
    })
    void itIsBesideTheVersionOfTheAddress(String url, String tokenize) {
        assertThat(settings(url).tokenize()).hasToString(tokenize);
    }

    private ServerTokenizer tokenizer(String url) {
        return new ServerTokenizer(settings(url), HttpClient.newHttpClient(), () -> now);
    }

    private static LlmSettings settings(String url) {
        Duration second = Duration.ofSeconds(1);
        return new LlmSettings(
                url, "tiny", "sk-1", second, second, second, second, second, 1, 100, 0);
    }
}
