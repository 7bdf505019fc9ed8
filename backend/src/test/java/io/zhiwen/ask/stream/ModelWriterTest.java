package io.zhiwen.ask.stream;

import static io.zhiwen.ask.stream.ScriptedServer.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The streaming client against a server that shows every fault a healthy one never shows.
@Timeout(60)
class ModelWriterTest {

    private static final Duration FIRST = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofSeconds(2);

    /// What a machine with other work may add.
    private static final Duration BESIDE = Duration.ofSeconds(10);

    private ScriptedServer server;
    private ModelWriter writer;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(c -> c.stream().token("21 ").token("days [1].").finish());
        writer =
                ModelWriter.of(
                        settings(server.url(), 2), 8192, new NodeLine(2), ModelObserver.NONE);
    }

    @AfterEach
    void stop() throws IOException {
        writer.close();
        server.close();
    }

    @Test
    void streamsTokenByTokenAndCountsWhatTheServerCounts() {
        Collected answer = Collected.write(writer);
        assertThat(answer.parts)
                .containsExactly(
                        new Part.Started(),
                        new Part.Token("21 "),
                        new Part.Token("days [1]."),
                        new Part.Finished(false, 7, 3));
    }

    @Test
    void sendsOnePlainHttp11RequestWithTheKeyAndNoUpgrade() {
        Collected.write(writer);
        ScriptedServer.Request request = server.requests.getFirst();
        assertThat(request.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(request.header("Authorization")).isEqualTo("Bearer s3cret");
        assertThat(request.header("Upgrade")).isEmpty();
        assertThat(request.body())
                .contains("\"model\":\"tiny\"", "\"stream\":true", "\"max_tokens\":50")
                .contains("{\"role\":\"system\",\"content\":\"Be brief.\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, http://h:1/v1/chat/completions",
        "http://h:1/, http://h:1/v1/chat/completions",
        "http://h:1/v1, http://h:1/v1/chat/completions",
        "http://h:1/v1/, http://h:1/v1/chat/completions",
        "https://h/api/v3, https://h/api/v3/chat/completions",
        "https://h/gate, https://h/gate/v1/chat/completions",
        "https://h/v1/chat/completions, https://h/v1/chat/completions"
    })
    void takesTheAddressWithOrWithoutItsVersion(String url, String chat) {
        assertThat(settings(url, 1).chat()).hasToString(chat);
    }

    @Test
    void understandsAStreamHoweverItsBytesAreSplit() throws InterruptedException {
        byte[] stream =
                ("\uFEFF: a comment\r\n\r\nevent: message\r\n"
                                + data("{\"role\":\"assistant\"}", null).replace("\n", "\r\n")
                                + ":\n"
                                + data("{\"content\":\"年假是 \"}", null).replace("\n", "\r")
                                + data("{\"content\":\"21 天 🏖\"}", "stop")
                                + "data: [DONE]")
                        .getBytes(StandardCharsets.UTF_8);
        server.play(
                c -> {
                    c.stream();
                    for (byte b : stream) {
                        c.bytes(new byte[] {b});
                    }
                });
        Collected answer = Collected.write(writer);
        assertThat(answer.text()).isEqualTo("年假是 21 天 🏖");
        assertThat(answer.last()).isInstanceOf(Part.Finished.class);
    }

    @Test
    void aStreamWithAFinishReasonButWithoutDoneIsWhole() {
        server.play(c -> c.stream().token("yes").raw(data("{}", "stop")));
        assertThat(Collected.write(writer).last()).isInstanceOf(Part.Finished.class);
    }

    @Test
    void aConnectionLeftOpenAfterTheEndDoesNotHoldTheAnswer() throws InterruptedException {
        server.play(
                c -> {
                    c.stream().token("yes").raw(data("{}", "stop"));
                    c.awaitHangUp();
                });
        assertThat(Collected.write(writer).last()).isInstanceOf(Part.Finished.class);
        assertThat(server.sawHangUp(BESIDE)).isTrue();
    }

    @Test
    void anAnswerAtItsLargestLengthIsMarkedAsCut() {
        server.play(
                c -> c.stream().token("one two").raw(data("{}", "length") + "data: [DONE]\n\n"));
        assertThat(Collected.write(writer).last()).isEqualTo(new Part.Finished(true, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"out of memory\",\"code\":500}}\n\n",
                "event: error\ndata: {\"message\":\"x\"}\n\n",
                "error: {\"code\":500,\"message\":\"x\"}\n\n",
                "data: {\"object\":\"error\",\"message\":\"x\",\"code\":40303}\n\n",
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}]}\n\n"
            })
    void anErrorInMidStreamIsAFailure(String frame) {
        server.play(c -> c.stream().token("21").raw(frame + "data: [DONE]\n\n"));
        Collected answer = Collected.write(writer);
        assertThat(answer.failure()).isEqualTo(LlmFailure.Code.SERVER_ERROR);
        assertThat(answer.ends()).isEqualTo(1);
    }

    @Test
    void aStreamWithoutAnEndIsAFailure() {
        server.play(c -> c.stream().token("21 days"));
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.TRUNCATED);
    }

    @Test
    void aChunkedStreamCutInMidChunkIsAFailure() {
        server.play(
                c ->
                        c.raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")
                                .raw("Transfer-Encoding: chunked\r\n\r\n")
                                .raw("ff\r\n" + data("{\"content\":\"21\"}", null)));
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.TRUNCATED);
    }

    @Test
    void aConnectionResetInMidStreamIsAFailure() {
        server.play(c -> c.stream().token("21").reset());
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.TRUNCATED);
    }

    @ParameterizedTest
    @CsvSource({"text/html", "text/html; charset=utf-8", "application/json", "text/event-stream"})
    void aPageInsteadOfAStreamIsAFailure(String type) {
        server.play(c -> c.head("200 OK", type).raw("<html><body>Sign in</body></html>"));
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.MALFORMED);
    }

    @Test
    void invalidUtf8IsAFailure() {
        byte[] bad = data("{\"content\":\"?\"}", null).getBytes(StandardCharsets.UTF_8);
        bad[new String(bad, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xC3;
        server.play(c -> c.stream().bytes(bad).finish());
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.MALFORMED);
    }

    @Test
    void brokenJsonIsAFailure() {
        server.play(c -> c.stream().raw("data: {\"choices\":[{\n\n").finish());
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.MALFORMED);
    }

    @Test
    void aTokenOfTenMegabytesIsAFailureNotAFullHeap() {
        byte[] huge =
                data("{\"content\":\"" + "x".repeat(10 << 20) + "\"}", null)
                        .getBytes(StandardCharsets.UTF_8);
        server.play(c -> c.stream().bytes(huge).finish());
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "429, slow down, BUSY",
        "503, loading model, BUSY",
        "500, boom, SERVER_ERROR",
        "502, bad gateway, SERVER_ERROR",
        "401, who are you, REJECTED",
        "404, no such model, REJECTED",
        "302, elsewhere, REJECTED",
        "400, maximum context length is 8192, TOO_LONG"
    })
    void aStatusThatIsNotOkSaysWhatIsWrong(int status, String body, LlmFailure.Code code) {
        server.play(c -> c.head(status + " No", "application/json").raw(body));
        assertThat(Collected.write(writer).failure()).isEqualTo(code);
    }

    @Test
    void controlCharactersOfAModelAreDropped() {
        server.play(c -> c.stream().delta("{\"content\":\"21\\u0000 \\u001bdays\\n\"}").finish());
        assertThat(Collected.write(writer).text()).isEqualTo("21 days\n");
    }

    @Test
    void anAnswerWithoutAWordIsAFailure() {
        server.play(c -> c.stream().delta("{\"reasoning_content\":\"hm\"}").finish());
        assertThat(Collected.write(writer).failure()).isEqualTo(LlmFailure.Code.EMPTY);
    }

    @Test
    void aServerThatNeverBeginsIsLeftAfterTheFirstTokenTimeout() throws InterruptedException {
        server.play(ScriptedServer.Connection::awaitHangUp);
        long begun = System.nanoTime();
        assertThat(Collected.write(writer).failure())
                .isEqualTo(LlmFailure.Code.FIRST_TOKEN_TIMEOUT);
        assertThat(since(begun)).isBetween(FIRST, FIRST.plus(BESIDE));
        assertThat(server.sawHangUp(BESIDE)).isTrue();
    }

    @Test
    void keepAliveCommentsAreNoFirstToken() throws InterruptedException {
        server.play(
                c -> {
                    c.stream();
                    for (int i = 0; i < 200; i++) {
                        c.raw(": ping\n\n");
                        TimeUnit.MILLISECONDS.sleep(50);
                    }
                });
        long begun = System.nanoTime();
        assertThat(Collected.write(writer).failure())
                .isEqualTo(LlmFailure.Code.FIRST_TOKEN_TIMEOUT);
        assertThat(since(begun)).isLessThan(FIRST.plus(BESIDE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50})
    void aStreamThatStallsIsLeftAfterTheIdleTimeout(int tokens) throws InterruptedException {
        server.play(
                c -> {
                    c.stream();
                    for (int i = 0; i < tokens; i++) {
                        c.token("word ");
                    }
                    c.awaitHangUp();
                });
        long begun = System.nanoTime();
        Collected answer = Collected.write(writer);
        assertThat(answer.failure()).isEqualTo(LlmFailure.Code.IDLE_TIMEOUT);
        assertThat(answer.text()).isEqualTo("word ".repeat(tokens));
        assertThat(since(begun)).isBetween(IDLE, IDLE.plus(BESIDE));
        assertThat(server.sawHangUp(BESIDE)).isTrue();
    }

    @Test
    void aSlowServerThatKeepsTalkingIsNotLeft() {
        server.play(
                c -> {
                    c.stream();
                    for (int i = 0; i < 20; i++) {
                        TimeUnit.MILLISECONDS.sleep(IDLE.toMillis() / 10);
                        c.token("a");
                    }
                    c.finish();
                });
        assertThat(Collected.write(writer).text()).isEqualTo("a".repeat(20));
    }

    @Test
    void aSlowReaderIsNotTakenForASlowServer() {
        server.play(
                c -> {
                    c.stream();
                    for (int i = 0; i < 600; i++) {
                        c.token("a");
                    }
                    c.finish();
                });
        List<Part> parts = new ArrayList<>();
        writer.write(
                "",
                Collected.PROMPT,
                part -> {
                    parts.add(part);
                    if (parts.size() == 100) {
                        nap(IDLE.toMillis() * 3 / 2);
                    }
                },
                () -> false);
        assertThat(parts.getLast()).isInstanceOf(Part.Finished.class);
    }

    @Test
    void stoppingBeforeTheFirstTokenHangsUpAtOnce() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        server.play(
                c -> {
                    asked.countDown();
                    c.awaitHangUp();
                });
        long[] stopAt = new long[1];
        BooleanSupplier stop =
                () -> {
                    if (asked.getCount() == 0 && stopAt[0] == 0) {
                        stopAt[0] = System.nanoTime();
                    }
                    return stopAt[0] != 0;
                };
        assertThat(Collected.write(writer, stop).parts)
                .containsExactly(new Part.Started(), new Part.Cancelled());
        assertThat(server.sawHangUp(BESIDE)).isTrue();
        assertThat(writer.freeSlots()).isEqualTo(2);
    }

    @Test
    void stoppingInMidAnswerHangsUpAndKeepsWhatCame() throws InterruptedException {
        server.play(
                c -> {
                    c.stream().token("one ");
                    c.awaitHangUp();
                });
        var collected = new Collected();
        writer.write("", Collected.PROMPT, collected.parts::add, () -> !collected.text().isEmpty());
        assertThat(collected.text()).isEqualTo("one ");
        assertThat(collected.last()).isEqualTo(new Part.Cancelled());
        assertThat(server.sawHangUp(BESIDE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void reasoningIsKeptApart(String field) {
        server.play(
                c ->
                        c.stream()
                                .delta("{\"" + field + "\":\"Let me \"}")
                                .delta("{\"" + field + "\":\"see.\",\"content\":null}")
                                .token("21 days")
                                .finish());
        Collected answer = Collected.write(writer);
        assertThat(answer.thinking()).isEqualTo("Let me see.");
        assertThat(answer.text()).isEqualTo("21 days");
    }

    @Test
    void thinkTagsAreKeptApartHoweverTheyAreSplit() {
        server.play(
                c -> {
                    c.stream();
                    for (char letter : "\n<think>a < b</think>\n\n21 <days".toCharArray()) {
                        c.token(String.valueOf(letter));
                    }
                    c.finish();
                });
        Collected answer = Collected.write(writer);
        assertThat(answer.thinking()).isEqualTo("a < b");
        assertThat(answer.text()).isEqualTo("21 <days");
    }

    @Test
    void aClosingThinkTagAloneTurnsWhatCameIntoThinking() {
        server.play(c -> c.stream().token("Hmm, let me see.").token("</think>21 days").finish());
        Collected answer = Collected.write(writer);
        assertThat(answer.parts).contains(new Part.TokensWereThinking(), new Part.Token("21 days"));
        assertThat(answer.text()).isEqualTo("21 days");
    }

    @Test
    void aClosedPortFailsFastAndTheBreakerThenFailsAtOnce() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (ModelWriter nobody =
                ModelWriter.of(
                        settings("http://127.0.0.1:" + port, 2),
                        8192,
                        new NodeLine(2),
                        ModelObserver.NONE)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                assertThat(Collected.write(nobody).failure())
                        .isEqualTo(LlmFailure.Code.UNREACHABLE);
            }
            assertThat(since(begun)).isLessThan(BESIDE);
            long resting = System.nanoTime();
            assertThat(Collected.write(nobody).failure()).isEqualTo(LlmFailure.Code.RESTING);
            assertThat(since(resting)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void anUnknownHostIsUnreachable() {
        try (ModelWriter nobody =
                ModelWriter.of(
                        settings("http://no-such-host.invalid:9", 2),
                        8192,
                        new NodeLine(2),
                        ModelObserver.NONE)) {
            assertThat(Collected.write(nobody).failure()).isEqualTo(LlmFailure.Code.UNREACHABLE);
        }
    }

    @Test
    void whoComesWhenAllSlotsAreTakenSeesTheirPlaceInLine() throws InterruptedException {
        try (ModelWriter one =
                ModelWriter.of(
                        settings(server.url(), 1), 8192, new NodeLine(1), ModelObserver.NONE)) {
            CountDownLatch mayEnd = new CountDownLatch(1);
            server.play(
                    c -> {
                        c.stream().token("a");
                        mayEnd.await();
                        c.token("b").finish();
                    });
            List<Collected> answers = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                var collected = new Collected();
                answers.add(collected);
                threads.add(
                        Thread.startVirtualThread(
                                () ->
                                        one.write(
                                                "",
                                                Collected.PROMPT,
                                                collected.parts::add,
                                                () -> false)));
                await(() -> !collected.parts.isEmpty());
            }
            assertThat(answers.get(1).parts).first().isEqualTo(new Part.Waiting(1, null));
            assertThat(answers.get(2).parts).first().isEqualTo(new Part.Waiting(2, null));
            nap(IDLE.toMillis() / 2);
            mayEnd.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.text()).isEqualTo("ab"));
            // how long it will be is known once somebody has ended before
            assertThat(answers.get(2).parts.subList(0, 3))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo(new Part.Waiting(2, null)),
                            then -> assertThat(((Part.Waiting) then).place()).isEqualTo(1),
                            last -> assertThat(last).isEqualTo(new Part.Started()));
            assertThat(one.freeSlots()).isEqualTo(1);
        }
    }

    @Test
    void whoStopsWaitingLeavesTheLine() throws InterruptedException {
        try (ModelWriter one =
                ModelWriter.of(
                        settings(server.url(), 1), 8192, new NodeLine(1), ModelObserver.NONE)) {
            CountDownLatch mayEnd = new CountDownLatch(1);
            server.play(
                    c -> {
                        mayEnd.await();
                        c.stream().token("a").finish();
                    });
            Thread first = Thread.startVirtualThread(() -> Collected.write(one));
            await(() -> one.freeSlots() == 0);
            AtomicBoolean stop = new AtomicBoolean();
            var second = new Collected();
            Thread waiting =
                    Thread.startVirtualThread(
                            () -> one.write("", Collected.PROMPT, second.parts::add, stop::get));
            await(() -> !second.parts.isEmpty());
            stop.set(true);
            waiting.join();
            assertThat(second.parts)
                    .containsExactly(new Part.Waiting(1, null), new Part.Cancelled());
            mayEnd.countDown();
            first.join();
            assertThat(one.freeSlots()).isEqualTo(1);
        }
    }

    @Test
    void neitherThreadsNorSlotsNorConnectionsLeakOverFiveHundredFaults() throws Exception {
        Collected.write(writer);
        int threads = Thread.getAllStackTraces().size();
        List<ScriptedServer.Script> faults =
                List.of(
                        c -> c.stream().token("x"),
                        c -> c.stream().token("x").reset(),
                        c -> c.head("429 No", "text/plain").raw("x"),
                        c -> c.stream().raw("data: nonsense\n\n"),
                        c -> c.stream().token("x").finish());
        try (ModelWriter many =
                ModelWriter.of(
                        settings(server.url(), 4), 8192, new NodeLine(4), ModelObserver.NONE)) {
            for (int i = 0; i < 500; i++) {
                server.play(faults.get(i % faults.size()));
                Collected answer =
                        i % 7 == 0 ? Collected.write(many, () -> true) : Collected.write(many);
                assertThat(answer.ends()).isEqualTo(1);
            }
            assertThat(many.freeSlots()).isEqualTo(4);
        }
        await(() -> server.openConnections() == 0);
        await(() -> Thread.getAllStackTraces().size() <= threads + 6);
    }

    static LlmSettings settings(String url, int slots) {
        return new LlmSettings(
                url,
                "tiny",
                "s3cret",
                Duration.ofSeconds(2),
                FIRST,
                IDLE,
                Duration.ofSeconds(20),
                Duration.ofSeconds(2),
                slots,
                50,
                0.0);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            nap(5);
        }
    }

    private static void nap(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
