package io.zhiwen.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ask.stream.ScriptedServer;
import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import io.zhiwen.system.PostgresBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// One product, and around it a model server that misbehaves, files that do, and a network that
/// loses replies.
class ProductFaultsTest {

    private static final Duration FIRST_TOKEN = Duration.ofSeconds(4);
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final int SLOTS = 2;
    private static final int GOOD_FILES = 20;

    /// What reading, retrieving and a machine with other work may take beside.
    private static final Duration BESIDE = Duration.ofSeconds(15);

    private static final String FACT = "The pump Z9 is oiled every 40 hours.";
    private static final String QUESTION = "How often is the pump Z9 oiled?";

    @TempDir Path folder;

    @Test
    void badModelsBadFilesAndLostRepliesHurtNobodyElse() throws Exception {
        try (ScriptedServer model = new ScriptedServer(ProductFaultsTest::answer);
                TcpProxy line = TcpProxy.to(URI.create(model.url()).getPort());
                RunningProduct product = RunningProduct.start(data(), settings(line))) {
            String key = product.newKey("faults");
            Rest rest = new Rest(product, key);
            String base = rest.createBase("manuals");
            rest.upload(base, "pump.txt", FACT.getBytes(UTF_8));
            rest.settled(base, Duration.ofMinutes(2));

            aLostReplyDoesNothingTwice(product, key);
            aCrashOfTheDatabaseIsNoFailureOfAFile(rest);
            everyFailureOfTheModelEndsInTimeWithAnAnswer(product, rest, base, model, line);
            poisonEndsWithItsReasonAndGoodFilesAreReady(product, rest, base);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static Map<String, String> settings(TcpProxy model) {
        return Map.of(
                "ZHIWEN_LLM_URL", "http://127.0.0.1:" + model.port(),
                "ZHIWEN_LLM_FIRSTTOKENTIMEOUT", FIRST_TOKEN.toMillis() + "ms",
                "ZHIWEN_LLM_IDLETIMEOUT", IDLE.toMillis() + "ms",
                "ZHIWEN_LLM_SLOTS", Integer.toString(SLOTS),
                "ZHIWEN_INGEST_TRIES", "1",
                "ZHIWEN_INGEST_RETRYAFTER", "200ms",
                "ZHIWEN_PARSE_TIMELIMIT", "60s",
                "ZHIWEN_PARSE_HEAPMEGABYTES", "96",
                "JDK_JAVA_OPTIONS", "-Dzhiwen.parse.faults=true");
    }

    // --- the model ---

    private static void answer(ScriptedServer.Connection connection) throws IOException {
        connection.stream().token("Every ").token("40 hours").token(" [1].").finish();
    }

    private void everyFailureOfTheModelEndsInTimeWithAnAnswer(
            RunningProduct product, Rest rest, String base, ScriptedServer model, TcpProxy line)
            throws Exception {
        Map<String, ScriptedServer.Script> failures = new LinkedHashMap<>();
        failures.put("never begins", ScriptedServer.Connection::awaitHangUp);
        failures.put("stalls before the first token", c -> c.stream().awaitHangUp());
        failures.put("stalls after one token", c -> c.stream().token("Every ").awaitHangUp());
        failures.put("is cut after one token", c -> c.stream().token("Every ").reset());
        failures.put("ends without an end", c -> c.stream().token("Every 40"));
        failures.put(
                "says an error",
                c ->
                        c.stream()
                                .token("Every ")
                                .raw("data: {\"error\":{\"message\":\"boom\"}}\n\n"));
        failures.put("answers 500", c -> c.head("500 Oops", "text/plain").raw("boom"));
        failures.put("answers a page", c -> c.head("200 OK", "text/html").raw("<h1>Login</h1>"));
        failures.put(
                "answers bytes that are no text",
                c -> c.stream().bytes(new byte[] {(byte) 0xff, (byte) 0xfe, 10, 10}));
        asked(rest, base, "llm", Duration.ofSeconds(40)); // the first question loads classes
        int threads = threads(product);
        for (var failure : failures.entrySet()) {
            model.play(failure.getValue());
            asked(rest, base, "extractive", FIRST_TOKEN.plus(IDLE).plus(BESIDE), failure.getKey());
            model.play(ProductFaultsTest::answer);
            asked(rest, base, "llm", FIRST_TOKEN.plus(BESIDE), "after it " + failure.getKey());
        }
        line.weather(TcpProxy.Weather.REFUSING);
        asked(rest, base, "extractive", BESIDE, "refuses");
        line.weather(TcpProxy.Weather.BLACK_HOLE);
        asked(rest, base, "extractive", FIRST_TOKEN.plus(BESIDE), "is a black hole");
        line.weather(TcpProxy.Weather.slow(Duration.ofMillis(1), 7));
        asked(rest, base, "llm", FIRST_TOKEN.plus(IDLE).plus(BESIDE), "dribbles");
        line.weather(TcpProxy.Weather.FAIR);

        everySlotIsFree(product, base, model);
        await("connections to the model to end", () -> model.openConnections() == 0);
        await("threads to end", () -> threads(product) < threads + 12);
    }

    /// As many at once as there are slots get the model, not the waiting line; each asks with a key
    /// of its own, as nobody gets all slots.
    private static void everySlotIsFree(RunningProduct product, String base, ScriptedServer model)
            throws Exception {
        List<Rest> askers = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            askers.add(new Rest(product, product.newKey("asker" + i)));
        }
        CountDownLatch all = new CountDownLatch(SLOTS);
        model.play(
                connection -> {
                    all.countDown();
                    all.await();
                    answer(connection);
                });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<JsonNode>> answers = new ArrayList<>();
            for (int i = 0; i < SLOTS; i++) {
                Rest rest = askers.get(i);
                answers.add(threads.submit(() -> rest.ask(base, QUESTION)));
            }
            for (var answer : answers) {
                assertThat(answer.get().get("engine").asString()).isEqualTo("llm");
            }
        }
    }

    private static void asked(Rest rest, String base, String engine, Duration limit, String... what)
            throws IOException, InterruptedException {
        Instant begun = Instant.now();
        JsonNode answer = rest.ask(base, QUESTION);
        Duration took = Duration.between(begun, Instant.now());
        String of = String.join("", what) + ": " + answer;
        assertThat(answer.get("engine").asString()).as(of).isEqualTo(engine);
        assertThat(answer.get("answer").asString().replace("**", "")).as(of).contains("40 hours");
        assertThat(answer.get("citations").size()).as(of).isPositive();
        assertThat(answer.get("note").isNull()).as(of).isEqualTo(engine.equals("llm"));
        assertThat(took).as(of).isLessThan(limit);
    }

    private static int threads(RunningProduct product) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + product.pid() + "/task"))) {
            return (int) tasks.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // --- files ---

    private void poisonEndsWithItsReasonAndGoodFilesAreReady(
            RunningProduct product, Rest rest, String base) throws Exception {
        Map<String, String> poison = new LinkedHashMap<>();
        if (Long.getLong("zhiwen.faults.minutes", 0) > 0) {
            poison.put("hang", "timed-out"); // a minute of waiting
        }
        poison.put("oom", "out-of-memory");
        poison.put("exit", "crashed");
        poison.put("flood", "too-large");
        poison.put("nonsense", "crashed");
        poison.put("child-exit", "crashed");
        poison.put("deep", "corrupt");
        poison.put("litter", "");
        poison.put("complain", "");
        Map<String, String> expected = new TreeMap<>();
        List<String> faults = new ArrayList<>(poison.keySet());
        for (int i = 0; i < GOOD_FILES; i++) {
            String name = "good%02d.txt".formatted(i);
            rest.upload(base, name, Texts.document(name, 2));
            expected.put(name, "ready");
            if (i % 2 == 0 && !faults.isEmpty()) {
                String fault = faults.removeFirst();
                rest.upload(base, fault + ".txt", poison(fault));
                String reason = poison.get(fault);
                expected.put(fault + ".txt", reason.isEmpty() ? "ready" : "failed " + reason);
            }
        }
        expected.put("pump.txt", "ready");
        Map<String, String> ended = new TreeMap<>();
        for (JsonNode document : rest.settled(base, Duration.ofMinutes(4))) {
            JsonNode reason = document.get("reason_code");
            ended.put(
                    document.get("name").asString(),
                    document.get("status").asString()
                            + (reason == null ? "" : " " + reason.asString()));
        }
        assertThat(ended).isEqualTo(expected);
        assertThat(
                        ProcessHandle.of(product.pid())
                                .orElseThrow()
                                .descendants()
                                .filter(p -> p.info().command().orElse("").endsWith("sleep")))
                .as("processes that a file started")
                .isEmpty();
        try (Stream<Path> left = Files.walk(data().resolve("tmp/parse"))) {
            assertThat(left.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    /// The worker looks at the first 64 bytes; behind them each file is another.
    private static byte[] poison(String fault) {
        return ("%-64s%s".formatted("ZHIWEN-FAULT " + fault, "A file that does: " + fault))
                .getBytes(UTF_8);
    }

    // --- the database ---

    /// One of its processes dies, so all start anew; the postmaster and the product live on.
    private void aCrashOfTheDatabaseIsNoFailureOfAFile(Rest rest) throws Exception {
        String base = rest.createBase("crash");
        JdbcClient db = PostgresBinaries.databaseOf(data());
        for (int crash = 0; crash < 3; crash++) {
            for (int i = 0; i < 3; i++) {
                String name = "crash%d-%d.txt".formatted(crash, i);
                whenItCan(() -> rest.upload(base, name, Texts.document(name, 12)));
            }
            Thread.sleep(300L + 200 * crash);
            long process =
                    db.sql(
                                    """
                                    select pid from pg_stat_activity
                                    where backend_type = 'client backend' and pid <> pg_backend_pid()
                                    order by state_change desc limit 1
                                    """)
                            .query(Long.class)
                            .single();
            ProcessHandle.of(process).orElseThrow().destroyForcibly();
            Thread.sleep(2000);
        }
        Instant healed = Instant.now();
        for (JsonNode document : whenItCan(() -> rest.settled(base, Duration.ofMinutes(3)))) {
            assertThat(document.get("status").asString())
                    .as(document.toString())
                    .isEqualTo("ready");
        }
        System.out.println(
                "all files ready %s after the database's last crash"
                        .formatted(Duration.between(healed, Instant.now())));
    }

    private static <T> T whenItCan(Request<T> request) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            try {
                return request.send();
            } catch (Rest.Unexpected refused) {
                assertThat(refused.status()).as(refused.getMessage()).isEqualTo(503);
                assertThat(refused.retryAfter()).isNotEmpty();
                assertThat(Instant.now()).isBefore(deadline);
            }
            Thread.sleep(200);
        }
    }

    // --- the network ---

    private void aLostReplyDoesNothingTwice(RunningProduct product, String key) throws Exception {
        JdbcClient db = PostgresBinaries.databaseOf(data());
        try (TcpProxy line = TcpProxy.to(URI.create(product.url()).getPort())) {
            Rest lossy = new Rest("http://127.0.0.1:" + line.port(), key);
            String base = lost(line, () -> lossy.createBase("lossy", "b1"));
            String document =
                    lost(line, () -> lossy.upload(base, "a.txt", Texts.document("a1", 2), "u1"));
            lost(line, () -> lossy.replace(document, "a.txt", Texts.document("a2", 2), "r1"));
            lossy.settled(base, Duration.ofMinutes(2));
            lost(
                    line,
                    () -> {
                        lossy.delete(document, "d1");
                        return "";
                    });
            assertThat(
                            db.sql(
                                            """
                                            select action || ' ' || count(*) from audit_event
                                            where object in (:base, :document)
                                            group by action order by 1
                                            """)
                                    .param("base", "base:" + base)
                                    .param("document", "document:" + document)
                                    .query(String.class)
                                    .list())
                    .containsExactly(
                            "base.create 1",
                            "document.delete 1",
                            "document.replace 1",
                            "document.upload 1");
            assertThat(
                            db.sql(
                                            """
                                            select count(*) from document_version
                                            where document_id = cast(:document as uuid)
                                            """)
                                    .param("document", document)
                                    .query(Long.class)
                                    .single())
                    .isEqualTo(2);
            assertThat(
                            db.sql("select count(*) from knowledge_base where name = 'lossy'")
                                    .query(Long.class)
                                    .single())
                    .isOne();
        }
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws IOException, InterruptedException;
    }

    /// Sent twice without a reply, then once with one.
    private static <T> T lost(TcpProxy line, Request<T> request)
            throws IOException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            line.resetAll();
            line.weather(TcpProxy.Weather.cutAfter(0));
            assertThatThrownBy(request::send).isInstanceOf(IOException.class);
            line.weather(TcpProxy.Weather.FAIR);
        }
        return request.send();
    }

    private static void await(String what, java.util.function.BooleanSupplier is)
            throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(1));
        while (!is.getAsBoolean()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(deadline);
            Thread.sleep(100);
        }
    }
}
