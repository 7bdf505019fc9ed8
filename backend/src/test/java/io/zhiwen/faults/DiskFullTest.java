package io.zhiwen.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zhiwen.journey.Rest;
import io.zhiwen.journey.RunningProduct;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Small file systems in place of the folders for originals, for work in hand and for the index:
/// filled up, and emptied again.
class DiskFullTest {

    private static final Duration RECOVERED = Duration.ofMinutes(2);

    @TempDir Path folder;
    private final List<Path> mounted = new ArrayList<>();

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        for (Path mount : mounted) {
            sh("umount", "-l", mount.toString());
        }
    }

    @Test
    void aFullDiskIsSaidHalfFilesAreNotKeptAndSpaceIsEnoughToRecover() throws Exception {
        Path data = folder.resolve("data");
        assumeThat(mount(data.resolve("blobs"), "3m")).as("may mount file systems").isTrue();
        mount(data.resolve("tmp"), "4m");
        mount(data.resolve("index"), "2m");
        Map<String, String> settings =
                Map.of("ZHIWEN_INGEST_RETRYAFTER", "1s", "ZHIWEN_UPLOAD_RESERVE", "0B");
        try (RunningProduct product = RunningProduct.start(data, settings)) {
            Rest rest = new Rest(product, product.newKey("faults"));
            String base = rest.createBase("full");
            rest.upload(base, "first.txt", Texts.document("first", 3));
            rest.settled(base, RECOVERED);
            awaitFound(rest, base, "first");

            originals(rest, base, data.resolve("blobs"));
            workInHand(rest, base, data.resolve("tmp"));
            index(rest, base, data.resolve("index"));
            assertThat(finds(rest, base, "first")).isTrue();
        }
    }

    private static void originals(Rest rest, String base, Path blobs) throws Exception {
        Path filler = fill(blobs, 300_000);
        byte[] large = new byte[1_500_000];
        new Random(1).nextBytes(large);
        assertThatThrownBy(() -> rest.upload(base, "large.txt", large))
                .isInstanceOfSatisfying(
                        Rest.Unexpected.class,
                        refused ->
                                assertThat(refused.status())
                                        .as(refused.getMessage())
                                        .isEqualTo(507));
        try (Stream<Path> left = Files.list(blobs.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
        assertThat(names(rest, base)).doesNotContain("large.txt");
        rest.upload(base, "small.txt", Texts.document("small", 1));
        Files.delete(filler);
        rest.upload(base, "second.txt", Texts.document("second", 2));
        ready(rest, base);
    }

    /// Where parsers work.
    private static void workInHand(Rest rest, String base, Path tmp) throws Exception {
        Path filler = fill(tmp, 0);
        try {
            rest.upload(base, "third.txt", Texts.document("third", 2));
            Thread.sleep(6000);
        } catch (Rest.Unexpected refused) {
            assertThat(refused.status()).as(refused.getMessage()).isEqualTo(507);
            Files.delete(filler);
            rest.upload(base, "third.txt", Texts.document("third", 2));
        }
        Files.deleteIfExists(filler);
        ready(rest, base);
        awaitFound(rest, base, "third");
    }

    private static void index(Rest rest, String base, Path index) throws Exception {
        Path filler = fill(index, 0);
        for (int i = 0; i < 6; i++) {
            rest.upload(base, "more" + i + ".txt", Texts.document("more" + i, 6));
        }
        Thread.sleep(8000); // long enough for the index to have failed more than once
        assertThat(finds(rest, base, "first")).as("searched while the disk is full").isTrue();
        Files.delete(filler);
        Instant freed = Instant.now();
        for (int i = 0; i < 6; i++) {
            awaitFound(rest, base, "more" + i);
        }
        ready(rest, base); // ready is what a search finds
        System.out.println("index whole again after " + Duration.between(freed, Instant.now()));
    }

    private static void ready(Rest rest, String base) throws Exception {
        for (JsonNode document : rest.settled(base, RECOVERED)) {
            assertThat(document.get("status").asString()).as("%s", document).isEqualTo("ready");
        }
    }

    private static List<String> names(Rest rest, String base) throws Exception {
        return rest.documents(base).stream().map(d -> d.get("name").asString()).toList();
    }

    /// The index follows a moment after a document is ready.
    private static void awaitFound(Rest rest, String base, String name) throws Exception {
        Instant deadline = Instant.now().plus(RECOVERED);
        while (!finds(rest, base, name)) {
            assertThat(Instant.now()).as("waiting for %s", name).isBefore(deadline);
            Thread.sleep(300);
        }
    }

    private static boolean finds(Rest rest, String base, String name) throws Exception {
        String word = Texts.word(name, 0);
        return rest.search(base, word, 3).stream().anyMatch(p -> p.toString().contains(word + " "));
    }

    /// Takes all the room but so much.
    private static Path fill(Path mount, long left) throws IOException {
        Path filler = mount.resolve("filler");
        long free = Files.getFileStore(mount).getUsableSpace();
        Files.write(filler, new byte[(int) (free - left)]);
        return filler;
    }

    private boolean mount(Path at, String size) throws IOException, InterruptedException {
        Files.createDirectories(at);
        boolean done = sh("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString());
        if (done) {
            mounted.add(at);
        }
        return done;
    }

    private static boolean sh(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor() == 0;
    }
}
