package io.zhiwen.ingest.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerPoolTests {

    @TempDir Path folder;
    BlobStore blobs;
    WorkerPool pool;

    @BeforeAll
    static void allowFaults() {
        System.setProperty("zhiwen.parse.faults", "true");
    }

    @AfterAll
    static void forbidFaults() {
        System.clearProperty("zhiwen.parse.faults");
    }

    @BeforeEach
    void open() throws IOException {
        blobs = FolderBlobStore.open(folder.resolve("blobs"));
        pool = pool(Duration.ofSeconds(30), 200);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private WorkerPool pool(Duration timeLimit, int documents) throws IOException {
        return pool(timeLimit, documents, Duration.ofSeconds(10));
    }

    private WorkerPool pool(Duration timeLimit, int documents, Duration moment) throws IOException {
        return new WorkerPool(
                new ParseSettings(
                        1,
                        96,
                        timeLimit,
                        100_000,
                        documents,
                        Duration.ofSeconds(60),
                        OcrSettings.defaults(),
                        OfficeSettings.defaults(),
                        new UnpackSettings(20, 1 << 20, 2)),
                folder.resolve("tmp"),
                moment);
    }

    private SourceFile file(String name, String text) throws IOException {
        var stored = blobs.put(new ByteArrayInputStream(text.getBytes(UTF_8)), Long.MAX_VALUE);
        return new SourceFile(
                name, stored.sha256(), stored.bytes(), blobs.local(stored.sha256()).path());
    }

    private UnreadableDocument refusalOf(String fault) throws Exception {
        try {
            pool.parse(file("x.txt", "ZHIWEN-FAULT " + fault));
        } catch (UnreadableDocument e) {
            return e;
        }
        throw new AssertionError(fault + " was read");
    }

    private void aGoodFileIsReadNow() throws Exception {
        assertThat(pool.parse(file("good.txt", "All is well.")).blocks())
                .extracting(Block::text)
                .containsExactly("All is well.");
    }

    private long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains("sleep 987"))
                .count();
    }

    @Test
    void aHangingParserIsStoppedAndTheNextFileIsRead() throws Exception {
        pool.close();
        pool = pool(Duration.ofSeconds(10), 200);
        assertThat(refusalOf("hang").reason()).isEqualTo(Reason.TIMED_OUT);
        aGoodFileIsReadNow();
    }

    @Test
    void aFileThatTakesLongLetsOthersPassButAsManyAsThereAreWorkers() throws Exception {
        pool.close();
        pool = pool(Duration.ofSeconds(60), 200, Duration.ofMillis(100));
        SourceFile hangs = file("x.txt", "ZHIWEN-FAULT hang");
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(() -> pool.parse(hangs));
            aGoodFileIsReadNow();
            aGoodFileIsReadNow();

            var second = threads.submit(() -> pool.parse(hangs));
            while (pool.busy() < 2) {
                Thread.sleep(10);
            }
            var third = CompletableFuture.supplyAsync(this::good);
            assertThatThrownBy(() -> third.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(TimeoutException.class);
            assertThat(first).isNotDone();
            second.cancel(true);
            assertThat(third.get(30, TimeUnit.SECONDS)).isEqualTo("All is well.");
            first.cancel(true);
        }
    }

    private String good() {
        try {
            return pool.parse(file("good.txt", "All is well.")).blocks().getFirst().text();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFullHeapIsToldFromACrash() throws Exception {
        assertThat(refusalOf("oom").reason()).isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(refusalOf("exit").reason()).isEqualTo(Reason.CRASHED);
        aGoodFileIsReadNow();
    }

    @Test
    void aFloodIsCutOff() throws Exception {
        assertThat(refusalOf("flood").reason()).isEqualTo(Reason.TOO_LARGE);
        aGoodFileIsReadNow();
    }

    @Test
    void nonsenseOnThePipeIsACrash() throws Exception {
        assertThat(refusalOf("nonsense").reason()).isEqualTo(Reason.CRASHED);
        aGoodFileIsReadNow();
    }

    @Test
    void complaintsOfAnyLengthBlockNothing() throws Exception {
        assertThat(pool.parse(file("x.txt", "ZHIWEN-FAULT complain")).blocks()).hasSize(1);
    }

    @Test
    void childrenOfAWorkerDieWithItEvenWhenItIsGoneAlready() throws Exception {
        pool.close();
        pool = pool(Duration.ofSeconds(10), 200);
        assertThat(refusalOf("child-hang").reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(refusalOf("child-exit").reason()).isEqualTo(Reason.CRASHED);
        await().atMost(Duration.ofSeconds(30)).until(() -> sleepers() == 0);
    }

    @Test
    void aWorkerKilledFromOutsideIsReplaced() throws Exception {
        aGoodFileIsReadNow();
        ProcessHandle worker = ProcessHandle.of(pool.anyPid()).orElseThrow();
        worker.destroyForcibly();
        worker.onExit().join();
        aGoodFileIsReadNow();
    }

    @Test
    void noSecretReachesAWorker() throws Exception {
        UnreadableDocument e = refusalOf("environment");
        assertThat(System.getenv()).hasSizeGreaterThan(2);
        assertThat(e.detail()).matches("\\[(PATH, LANG|LANG, PATH)]");
    }

    @Test
    void nothingIsLeftInTheWorkFolder() throws Exception {
        pool.parse(file("x.txt", "ZHIWEN-FAULT litter"));
        try (Stream<Path> left = Files.walk(folder.resolve("tmp"))) {
            assertThat(left.filter(f -> f.toString().contains("/work/"))).isEmpty();
        }
        pool.close();
        try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void whatACrashedProcessLeftIsSwept() throws IOException {
        Path left = Files.createDirectories(folder.resolve("tmp/parse-old/work"));
        Files.writeString(left.resolve("x.tmp"), "x");
        pool(Duration.ofSeconds(4), 1).close();
        assertThat(folder.resolve("tmp/parse-old")).doesNotExist();
    }

    @Test
    void aWorkerIsReplacedAfterItsDocuments() throws Exception {
        pool.close();
        pool = pool(Duration.ofSeconds(30), 2);
        aGoodFileIsReadNow();
        Long first = pool.anyPid();
        aGoodFileIsReadNow();
        aGoodFileIsReadNow();
        assertThat(pool.anyPid()).isNotEqualTo(first);
        await().until(
                        () ->
                                ProcessHandle.of(first).map(ProcessHandle::isAlive).orElse(false)
                                        == false);
    }

    @Test
    void givingUpStopsTheWorker() throws Exception {
        SourceFile hanging = file("x.txt", "ZHIWEN-FAULT hang");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        pool.parse(hanging);
                                    } catch (UnreadableDocument | InterruptedException e) {
                                        thrown.set(e);
                                    }
                                });
        await().until(() -> pool.anyPid() != null);
        long worker = pool.anyPid();
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(worker).map(ProcessHandle::isAlive).orElse(false)).isFalse();
        aGoodFileIsReadNow();
    }

    @Test
    void closingStopsARunningParserAndItsCallerLearnsWhy() throws Exception {
        SourceFile hanging = file("x.txt", "ZHIWEN-FAULT hang");
        var parsing =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return pool.parse(hanging);
                            } catch (UnreadableDocument | InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        await().until(() -> pool.anyPid() != null);
        long worker = pool.anyPid();
        pool.close();
        assertThatThrownBy(parsing::join).hasCauseInstanceOf(IllegalStateException.class);
        await().until(
                        () ->
                                ProcessHandle.of(worker).map(ProcessHandle::isAlive).orElse(false)
                                        == false);
    }

    @Test
    void tooMuchTextIsRefused() throws Exception {
        assertThatThrownBy(() -> pool.parse(file("long.txt", "word ".repeat(50_000))))
                .isInstanceOfSatisfying(
                        UnreadableDocument.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
        aGoodFileIsReadNow();
    }

    @Test
    void nestingTooDeepIsCorruptAndTheWorkerLives() throws Exception {
        aGoodFileIsReadNow();
        Long worker = pool.anyPid();
        assertThat(refusalOf("deep").reason()).isEqualTo(Reason.CORRUPT);
        assertThat(pool.anyPid()).isEqualTo(worker);
    }

    @Test
    void aWorkerWhoseParentDiesEndsByItself() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process worker =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.zhiwen.ingest.parse.worker.ParseWorker")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(worker.isAlive()).isTrue();
        worker.getOutputStream().close();
        assertThat(worker.waitFor(Duration.ofSeconds(30))).isTrue();
    }
}
