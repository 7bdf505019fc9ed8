package io.zhiwen.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.chunk.ChunkerFuzz;
import io.zhiwen.ingest.parse.worker.CharsetsFuzz;
import io.zhiwen.ingest.parse.worker.FramesFuzz;
import io.zhiwen.ingest.parse.worker.PartNamesFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The seeds of the fuzz targets (`src/test/resources/io/zhiwen/fuzz`, a folder each), which hold
/// what was found once, and what is near them.
class SeedsTest {

    private static final Path SEEDS = Path.of("../ingest/src/test/resources/io/zhiwen/fuzz");
    private static final int NEAR = 150;

    private interface Target {
        void take(byte[] bytes) throws Exception;
    }

    @Test
    void framesAreWholeOrRefused() throws Exception {
        everySeedOf("FramesFuzz", FramesFuzz::fuzzerTestOneInput);
    }

    @Test
    void bytesAreATextOrNone() throws Exception {
        everySeedOf("CharsetsFuzz", CharsetsFuzz::fuzzerTestOneInput);
    }

    @Test
    void namesOfPartsLeadNowhere() throws Exception {
        everySeedOf("PartNamesFuzz", PartNamesFuzz::fuzzerTestOneInput);
    }

    @Test
    void passagesLoseNothing() throws Exception {
        everySeedOf("ChunkerFuzz", ChunkerFuzz::fuzzerTestOneInput);
    }

    private static void everySeedOf(String name, Target target) throws Exception {
        List<Path> seeds = seeds(name);
        assertThat(seeds).isNotEmpty();
        Random random = new Random(1);
        for (Path seed : seeds) {
            byte[] bytes = Files.readAllBytes(seed);
            take(target, bytes, seed);
            for (int i = 0; i < NEAR; i++) {
                take(target, near(bytes, random), seed);
            }
        }
    }

    private static void take(Target target, byte[] bytes, Path seed) {
        try {
            target.take(bytes);
        } catch (Exception | Error e) {
            String input = Base64.getEncoder().encodeToString(bytes);
            throw new AssertionError(seed.getFileName() + " or near it: " + input, e);
        }
    }

    private static byte[] near(byte[] bytes, Random random) {
        byte[] near = Arrays.copyOf(bytes, bytes.length + random.nextInt(3));
        for (int n = 1 + random.nextInt(4); n > 0 && near.length > 0; n--) {
            int at = random.nextInt(near.length);
            switch (random.nextInt(3)) {
                case 0 -> near[at] = (byte) random.nextInt(256);
                case 1 -> near = Arrays.copyOf(near, at);
                default -> near[at] = "\n/\\.|:\"{}[]0一".getBytes(UTF_8)[random.nextInt(14)];
            }
        }
        return near;
    }

    private static List<Path> seeds(String target) throws IOException {
        try (Stream<Path> files = Files.list(SEEDS.resolve(target))) {
            return files.sorted().toList();
        }
    }
}
