package io.zhiwen.ingest.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.zhiwen.ask.stream.LlamaServer;
import io.zhiwen.ingest.embed.ScriptedEmbeddings.Fault;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class EmbeddingServerTest {

    private static final String MODEL = "letters-64";
    private static final List<String> TEXTS =
            List.of("annual leave", "the canteen", "年假", "a pump", "toner");

    private final AtomicLong nanos = new AtomicLong();
    private ScriptedEmbeddings http;
    private EmbeddingServer server;

    @BeforeEach
    void start() throws IOException {
        http = new ScriptedEmbeddings();
        server = new EmbeddingServer(http.settings(MODEL), List.of());
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void asksInBatchesAndGivesEachTextItsOwnUnitVector() {
        List<float[]> vectors = server.patiently(MODEL, TEXTS);

        assertThat(http.asked).extracting(List::size).containsExactly(4, 1);
        assertThat(http.authorization).isEqualTo("Bearer sesame");
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(vectors.get(i))
                    .isEqualTo(server.now(MODEL, TEXTS.get(i), Duration.ofSeconds(20)));
            assertThat(cosine(vectors.get(i), vectors.get(i))).isEqualTo(1, within(1e-5));
        }
    }

    @Test
    void aTextIsCutAtTheSettingAndFurtherWhereTheServerRefusesIt() {
        String longest = "x".repeat(999) + "𝄞".repeat(20);
        http.window = 300;

        float[] vector =
                server.patiently(MODEL, List.of("short", longest.repeat(2), "brief")).get(1);

        assertThat(vector).hasSize(64);
        assertThat(http.asked.getFirst().get(1)).isEqualTo("x".repeat(999));
        assertThat(http.asked)
                .extracting(texts -> texts.stream().mapToInt(String::length).max().orElse(0))
                .containsExactly(999, 5, 999, 499, 249, 5);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"NONE", "WRONG_DIMENSION", "ANOTHER_MODEL"})
    void anAnswerThatIsNotOneVectorForEachTextIsNone(Fault fault) {
        http.fault = fault;

        assertThatThrownBy(() -> server.patiently(MODEL, TEXTS))
                .isInstanceOf(EmbeddingUnavailable.class)
                .hasMessageContaining("the embedding server " + http.url());
    }

    @Test
    void whoCanWaitTriesAgain() {
        try (var patient =
                new EmbeddingServer(http.settings(MODEL), List.of(Duration.ofMillis(1)))) {
            http.fault = Fault.STATUS_500;
            assertThatThrownBy(() -> patient.patiently(MODEL, List.of("a")))
                    .isInstanceOf(EmbeddingUnavailable.class);
            assertThat(http.asked).hasSize(2);
        }
    }

    @Test
    void aServerThatIsNotThereSaysSo() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        var nobody =
                new EmbeddingServerSettings(
                        "http://127.0.0.1:" + port + "/v1",
                        List.of(MODEL),
                        "",
                        "",
                        "",
                        1_000,
                        4,
                        Duration.ofSeconds(5));
        try (var absent = new EmbeddingServer(nobody, List.of())) {
            assertThatThrownBy(() -> absent.patiently(MODEL, TEXTS))
                    .isInstanceOf(EmbeddingUnavailable.class)
                    .hasMessageContaining("no connection");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_DIMENSION", "ANOTHER_MODEL"})
    void anotherModelUnderTheSameNameGivesNoVectors(Fault fault) {
        ServedSpace served = served();
        http.fault = fault;
        Embedder embedder = embedder(served);

        assertThatThrownBy(() -> embedder.passages(TEXTS)).isInstanceOf(EmbeddingUnavailable.class);
        assertThatThrownBy(() -> embedder.question("leave"))
                .isInstanceOf(EmbeddingUnavailable.class);

        http.fault = Fault.NONE;
        assertThat(embedder.passages(TEXTS)).hasSize(TEXTS.size());
    }

    @Test
    void noQuestionWaitsForAServerThatFailedJustNow() {
        Embedder embedder = embedder(served());
        http.asked.clear();
        http.fault = Fault.HANGS;
        assertThatThrownBy(() -> embedder.question("leave"))
                .hasMessageContaining("no answer within 2000 ms");
        http.fault = Fault.NONE;
        nanos.addAndGet(Duration.ofSeconds(9).toNanos());
        assertThatThrownBy(() -> embedder.question("leave")).hasMessageContaining("10 s");
        assertThat(http.asked).hasSize(1);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(embedder.question("leave")).hasSize(64);
        assertThat(http.asked).as("it is recognised, then asked").hasSize(3);
        embedder.question("holiday");
        assertThat(http.asked).hasSize(4);
    }

    @Test
    void aCosineReadsAsTheBundledEncodersWouldSayItAndKeepsItsOrder() {
        Probe bundled = probe(0.5, 0.3);
        Probe.Scale scale = probe(0.9, 0.8).to(bundled, bundled);

        assertThat(scale.of(0.9)).isEqualTo(0.5, within(1e-6));
        assertThat(scale.of(0.8)).isEqualTo(0.3, within(1e-6));
        assertThat(scale.of(0.85)).isEqualTo(0.4, within(1e-6));
        assertThat(probe(0.5, 0.49).to(bundled, bundled).of(0.6))
                .as("a model that tells nothing apart is not stretched")
                .isEqualTo(0.3 + 0.6 - 0.49, within(1e-6));
    }

    @Test
    void aRealServerGivesEveryTextAVectorAndCutsWhatIsTooLongForIt(@TempDir Path folder)
            throws Exception {
        try (var llama = LlamaServer.start(folder, 1, "--embeddings", "--pooling", "mean");
                var real =
                        new EmbeddingServer(
                                new EmbeddingServerSettings(
                                        llama.url() + "/v1",
                                        List.of("tiny"),
                                        LlamaServer.KEY,
                                        "query: ",
                                        "",
                                        8_000,
                                        4,
                                        Duration.ofSeconds(20)),
                                List.of())) {
            String book = "年假和报销的规定。".repeat(400);
            List<float[]> vectors = real.patiently("tiny", List.of("leave", book, "leave"));

            assertThat(vectors).allSatisfy(vector -> assertThat(vector).hasSize(64));
            assertThat(cosine(vectors.get(0), vectors.get(2))).isEqualTo(1, within(1e-3));
            assertThat(cosine(vectors.get(0), vectors.get(1))).isLessThan(0.99);
        }
    }

    @Test
    void anAddressThatIsNoneOrAModelWithoutOneIsSaidAtOnce() {
        assertThatThrownBy(() -> settings("localhost:8082", "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("zhiwen.embedding.url");
        assertThatThrownBy(() -> settings("", "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("go together");
    }

    private static EmbeddingServerSettings settings(String url, String model) {
        return new EmbeddingServerSettings(
                url, List.of(model), "", "", "", 1_000, 4, Duration.ofSeconds(1));
    }

    private ServedSpace served() {
        Probe probe =
                Probe.of(
                        texts -> server.patiently(MODEL, texts),
                        texts -> server.patiently(MODEL, texts));
        return new ServedSpace(new EmbeddingSpace(MODEL, "a1", 64), probe);
    }

    private Embedder embedder(ServedSpace served) {
        return new ServerEmbedder(
                server, served, served.probe().to(served.probe(), served.probe()), nanos::get);
    }

    /// Questions on axes of their own, passages as near to theirs and to the others as said.
    private static Probe probe(double answer, double other) {
        int axes = Probe.QUESTIONS.size();
        List<float[]> questions = new java.util.ArrayList<>();
        List<float[]> passages = new java.util.ArrayList<>();
        for (int i = 0; i < axes; i++) {
            float[] question = new float[axes];
            question[i] = 1;
            questions.add(question);
            float[] passage = new float[axes];
            java.util.Arrays.fill(passage, (float) other);
            passage[i] = (float) answer;
            passages.add(passage);
        }
        return new Probe(questions, passages);
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * (double) other[i];
        }
        return sum;
    }
}
