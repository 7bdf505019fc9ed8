package io.zhiwen.ingest.index.lucene;

import static io.zhiwen.ingest.index.lucene.Texts.SPACE;
import static io.zhiwen.ingest.index.lucene.Texts.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.index.IndexFollower;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.store.Changes;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a bad disk does to an index: it is noticed, or it does no harm; nobody gets wrong results.
class IndexDamageTest {

    private static final KnowledgeBaseId BASE = new KnowledgeBaseId(new UUID(0, 1));
    private static final int FLIPS = 300;
    private static final int DOCUMENTS = 60;
    private static final long POSITION = 7;

    @TempDir Path folder;

    @Test
    void eachFlippedBitIsNoticedOrHarmless() throws IOException {
        long seed = Long.getLong("zhiwen.faults.seed", System.nanoTime());
        Random random = new Random(seed);
        Path sound = folder.resolve("sound");
        fill(sound);
        List<String> truth = everything(sound);
        Path damaged = folder.resolve("damaged");
        int noticed = 0;
        for (int i = 0; i < FLIPS; i++) {
            copy(sound, damaged);
            String where = flip(damaged, random);
            try (LuceneIndex index = LuceneIndex.open(damaged)) {
                if (index.position() == 0) {
                    assertThat(index.chunks()).as(where).isZero();
                    noticed++;
                } else {
                    assertThat(index.position()).as("seed %d, %s", seed, where).isEqualTo(POSITION);
                    assertThat(everything(index)).as("seed %d, %s", seed, where).isEqualTo(truth);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed %d, %s".formatted(seed, where), e);
            }
        }
        System.out.println(noticed + " of " + FLIPS + " flipped bits noticed, the others harmless");
        assertThat(noticed).as("of %d", FLIPS).isGreaterThan(FLIPS / 2);
    }

    @Test
    void damageThatASearchMeetsHasTheIndexMadeAnewWhileItIsInUse() throws Exception {
        fill(folder);
        List<IndexedDocument> log = new ArrayList<>();
        for (int i = 1; i <= DOCUMENTS; i++) {
            log.add(document(i, BASE, "word" + i + " of the annual report"));
        }
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            for (Path file : files(folder)) {
                if (!file.toString().endsWith("write.lock")) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(0);
                    }
                }
            }
            try (IndexFollower follower =
                    IndexFollower.start(
                            (position, _) ->
                                    new Changes(
                                            position == 0 ? log : List.of(), Map.of(), POSITION),
                            index)) {
                Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
                while (!found(index, "word44").equals("44")) {
                    assertThat(Instant.now()).isBefore(deadline);
                    follower.wake();
                    Thread.sleep(20);
                }
            }
            assertThat(index.chunks()).isEqualTo(DOCUMENTS);
        }
    }

    /// What is found, or nothing when that cannot be read.
    private static String found(LuceneIndex index, String word) {
        try {
            return index.search(word, Reach.of(BASE), 3).chunks().stream()
                    .map(hit -> Long.toString(hit.chunk()))
                    .collect(java.util.stream.Collectors.joining(" "));
        } catch (RuntimeException | InternalError e) {
            return "unreadable";
        }
    }

    /// Several segments, some of them with deletions.
    private static void fill(Path folder) {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            List<IndexedDocument> some = new ArrayList<>();
            for (int i = 1; i <= DOCUMENTS; i++) {
                some.add(document(i, BASE, "word" + i + " of the annual report"));
                if (some.size() == 20) {
                    index.apply(some, i);
                    some.clear();
                }
            }
            index.apply(List.of(IndexedDocument.gone(Texts.id(5))), POSITION);
        }
    }

    private static List<String> everything(Path folder) {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            return everything(index);
        }
    }

    private static List<String> everything(LuceneIndex index) {
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= DOCUMENTS; i++) {
            all.add(index.search("word" + i, Reach.of(BASE), 3).chunks().toString());
        }
        all.add(index.search("annual report", Reach.of(BASE), 100).chunks().toString());
        for (ScoredChunk near :
                index.nearest(SPACE, new float[] {1, 30, 0, 0}, Reach.of(BASE), DOCUMENTS)) {
            all.add(near.toString());
        }
        return all;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path old : files(to)) {
            Files.delete(old);
        }
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }

    private static String flip(Path folder, Random random) throws IOException {
        List<Path> files =
                files(folder).stream()
                        .filter(file -> !file.toString().endsWith("write.lock"))
                        .toList();
        Path file = files.get(random.nextInt(files.size()));
        long at = random.nextLong(Files.size(file));
        int bit = 1 << random.nextInt(8);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ bit)}), at);
        }
        return "bit %d of byte %d of %s".formatted(bit, at, file.getFileName());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
