package io.zhiwen.ingest.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.FolderBlobStore;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Good files among those that hang, end, fill the memory, overflow the stack and flood, in the
/// proportions of Tika's own chaos test, several at once: each ends as it must, and nothing is
/// left.
/// Only by `./run faults --parser`, with 100 files: a loaded machine needs minutes for it.
@EnabledIfSystemProperty(named = "zhiwen.chaos.files", matches = "\\d+")
class ParserChaosTests {

    private static final int FILES = Integer.getInteger("zhiwen.chaos.files", 0);
    private static final int SECONDS = Integer.getInteger("zhiwen.chaos.seconds", 60);
    private static final long SEED = Long.getLong("zhiwen.chaos.seed", 7);

    /// Of a hundred files, with how they end.
    private record Fault(String name, int percent, String end) {}

    private static final List<Fault> FAULTS =
            List.of(
                    new Fault("oom", 5, "OUT_OF_MEMORY"),
                    new Fault("exit", 5, "CRASHED"),
                    new Fault("hang", 3, "TIMED_OUT"),
                    new Fault("deep", 3, "CORRUPT"),
                    new Fault("flood", 4, "TOO_LARGE"),
                    new Fault("child-exit", 3, "CRASHED"));

    private final Queue<String> details = new ConcurrentLinkedQueue<>();

    @TempDir Path folder;

    @Test
    @Timeout(1800)
    void eachFileEndsAsItMustAndNothingIsLeft() throws Exception {
        Map<String, Integer> expected = new TreeMap<>();
        List<String> texts = new ArrayList<>();
        for (Fault fault : FAULTS) {
            int times = Math.max(1, FILES * fault.percent() / 100);
            texts.addAll(Collections.nCopies(times, "ZHIWEN-FAULT " + fault.name()));
            expected.merge(fault.end(), times, Integer::sum);
        }
        expected.put("READY", FILES - texts.size());
        while (texts.size() < FILES) {
            texts.add("All is well.");
        }
        Collections.shuffle(texts, new Random(SEED));

        System.setProperty("zhiwen.parse.faults", "true");
        Path temp = folder.resolve("tmp");
        Map<String, Integer> seen;
        try (WorkerPool pool = new WorkerPool(settings(), temp)) {
            seen = parseAll(pool, texts);
        } finally {
            System.clearProperty("zhiwen.parse.faults");
        }

        assertThat(seen).as("seed %d: %s", SEED, details).isEqualTo(expected);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(left()).isEmpty());
        try (Stream<Path> files = Files.walk(temp)) {
            assertThat(
                            files.filter(file -> file.toString().contains("parse-"))
                                    .filter(file -> !file.toString().endsWith(".jsa")))
                    .isEmpty();
        }
    }

    private static ParseSettings settings() {
        ParseSettings usual = ParseSettings.defaults();
        return new ParseSettings(
                2,
                96,
                Duration.ofSeconds(SECONDS),
                100_000,
                usual.documentsPerWorker(),
                usual.idle(),
                usual.ocr(),
                OfficeSettings.defaults(),
                usual.unpack());
    }

    private Map<String, Integer> parseAll(WorkerPool pool, List<String> texts) throws Exception {
        BlobStore blobs = FolderBlobStore.open(folder.resolve("blobs"));
        List<Callable<String>> work = new ArrayList<>();
        for (String text : texts) {
            SourceFile file = file(blobs, text);
            work.add(() -> end(pool, file));
        }
        Map<String, Integer> ends = new LinkedHashMap<>();
        try (var callers = Executors.newFixedThreadPool(4)) {
            for (var future : callers.invokeAll(work)) {
                ends.merge(future.get(), 1, Integer::sum);
            }
        }
        return new TreeMap<>(ends);
    }

    private String end(WorkerPool pool, SourceFile file) throws InterruptedException {
        try {
            pool.parse(file);
            return "READY";
        } catch (UnreadableDocument e) {
            details.add(e.reason() + " " + e.detail());
            return e.reason().name();
        }
    }

    private static SourceFile file(BlobStore blobs, String text) throws IOException {
        var stored = blobs.put(new ByteArrayInputStream(text.getBytes(UTF_8)), Long.MAX_VALUE);
        return new SourceFile(
                "x.txt", stored.sha256(), stored.bytes(), blobs.local(stored.sha256()).path());
    }

    /// Workers, and what they started.
    private List<String> left() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.toString()) || line.contains("sleep 987"))
                .toList();
    }
}
