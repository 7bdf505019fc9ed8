package io.zhiwen.ingest.index.lucene;

import static io.zhiwen.ingest.index.lucene.Texts.SPACE;
import static io.zhiwen.ingest.index.lucene.Texts.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.store.IndexedDocument;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneIndexTest {

    private static final KnowledgeBaseId OURS = new KnowledgeBaseId(new UUID(0, 1));
    private static final KnowledgeBaseId THEIRS = new KnowledgeBaseId(new UUID(0, 2));

    @TempDir Path folder;

    @Test
    void findsNothingOutsideTheBasesAskedFor() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(
                    List.of(document(1, OURS, "annual leave"), document(2, THEIRS, "annual leave")),
                    1);

            assertThat(found(index, "annual leave", OURS)).containsExactly(1L);
            assertThat(index.nearest(SPACE, new float[] {1, 2, 0, 0}, Reach.of(OURS), 10))
                    .extracting(ScoredChunk::chunk)
                    .containsExactly(1L);
            assertThat(found(index, "annual leave", OURS, THEIRS)).containsExactly(1L, 2L);
        }
    }

    @Test
    void ofTheDocumentsNamedAndTheLanguagesNamedFindsNothingElse() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(
                    List.of(
                            document(1, OURS, "annual leave"),
                            document(2, OURS, "年假 annual leave"),
                            document(3, OURS, "annual leave")),
                    1);
            var named =
                    new Reach(
                            Set.of(OURS),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of(OURS),
                            Set.of(Texts.id(2), Texts.id(3)));

            assertThat(both(index, named)).containsOnly(List.of(2L, 3L));
            assertThat(both(index, named.in(Set.of(Language.ZH)))).containsOnly(List.of(2L));
            assertThat(both(index, Reach.of(OURS).in(Set.of(Language.EN))))
                    .containsOnly(List.of(1L, 3L));
        }
    }

    @Test
    void settlesIntoOneSegmentThatStaysWhenItIsOpenedAgain() throws IOException {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            for (int i = 1; i <= 6; i++) {
                index.apply(List.of(document(i, OURS, "annual leave")), i);
            }
            assertThat(segments()).hasSize(6);

            awaitSettled(index, 1);
            assertThat(both(index, Reach.of(OURS)))
                    .allSatisfy(
                            found ->
                                    assertThat(found)
                                            .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L));
            assertThat(index.position()).isEqualTo(6);
        }
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            assertThat(index.position()).isEqualTo(6);
            assertThat(index.chunks()).isEqualTo(6);
        }
    }

    @Test
    void settlingLeavesASegmentThatHoldsMostAsItIs() throws IOException {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(
                    IntStream.rangeClosed(1, 50)
                            .mapToObj(i -> document(i, OURS, "annual leave"))
                            .toList(),
                    1);
            String large = segments().getFirst();
            for (int i = 2; i <= 5; i++) {
                index.apply(List.of(document(100 + i, OURS, "sick leave")), i);
            }
            assertThat(segments()).hasSize(5);

            awaitSettled(index, 3);
            assertThat(segments()).contains(large);
            assertThat(index.chunks()).isEqualTo(54);
        }
    }

    @Test
    void ofABaseInPartFindsOnlyWhatIsInReach() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            var closed = document(2, OURS, "annual leave of directors");
            index.apply(
                    List.of(
                            document(1, OURS, "annual leave"),
                            new IndexedDocument(closed.id(), 7, closed.entries()),
                            document(3, THEIRS, "annual leave")),
                    1);
            var withoutClosed = new Reach(Set.of(), Set.of(OURS), Set.of(OURS), Set.of());
            var closedAlone = new Reach(Set.of(), Set.of(OURS), Set.of(), Set.of(7L));
            var all = new Reach(Set.of(THEIRS), Set.of(OURS), Set.of(OURS), Set.of(7L));

            assertThat(both(index, withoutClosed)).containsExactly(List.of(1L), List.of(1L));
            assertThat(both(index, closedAlone)).containsExactly(List.of(2L), List.of(2L));
            assertThat(both(index, all)).containsExactly(List.of(1L, 2L, 3L), List.of(1L, 2L, 3L));

            var chosen = Set.of(Texts.id(1), closed.id());
            var inOurs =
                    new Reach(
                            Set.of(THEIRS, OURS),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of(OURS),
                            chosen);
            var onlyOne =
                    new Reach(
                            Set.of(OURS),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of(OURS),
                            Set.of(Texts.id(1)));
            var notClosed =
                    new Reach(Set.of(), Set.of(OURS), Set.of(OURS), Set.of(), Set.of(OURS), chosen);
            assertThat(both(index, inOurs))
                    .containsExactly(List.of(1L, 2L, 3L), List.of(1L, 2L, 3L));
            assertThat(both(index, onlyOne)).containsExactly(List.of(1L), List.of(1L));
            assertThat(both(index, notClosed)).containsExactly(List.of(1L), List.of(1L));

            index.apply(List.of(), Map.of(Texts.id(1), 7L, closed.id(), Reach.NO_ACL), 2);

            assertThat(both(index, withoutClosed)).containsExactly(List.of(2L), List.of(2L));
            assertThat(both(index, closedAlone)).containsExactly(List.of(1L), List.of(1L));
        }
    }

    /// By words and by vectors.
    private static List<List<Long>> both(LuceneIndex index, Reach reach) {
        return List.of(
                index.search("annual leave", reach, 10).chunks().stream()
                        .map(ScoredChunk::chunk)
                        .sorted()
                        .toList(),
                index.nearest(SPACE, new float[] {1, 2, 0, 0}, reach, 10).stream()
                        .map(ScoredChunk::chunk)
                        .sorted()
                        .toList());
    }

    @Test
    void findsNothingInNoBases() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "annual leave")), 1);

            assertThat(index.search("leave", Reach.of(), 10).chunks()).isEmpty();
            assertThat(index.nearest(SPACE, new float[] {1, 1, 0, 0}, Reach.of(), 10)).isEmpty();
        }
    }

    @Test
    void aReplacedDocumentIsFoundByItsNewWordsOnlyAndADeletedOneNotAtAll() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "old words"), document(2, OURS, "others")), 1);
            index.apply(List.of(document(1, OURS, "new phrases")), 2);

            assertThat(found(index, "old words", OURS)).isEmpty();
            assertThat(found(index, "new phrases", OURS)).containsExactly(1L);

            index.apply(List.of(IndexedDocument.gone(Texts.id(1))), 3);

            assertThat(found(index, "new phrases", OURS)).isEmpty();
            assertThat(index.chunks()).isEqualTo(1);
        }
    }

    @Test
    void applyingTheSameTwiceChangesNothing() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "once")), 1);
            index.apply(List.of(document(1, OURS, "once")), 1);

            assertThat(index.chunks()).isEqualTo(1);
        }
    }

    @Test
    void aChunkInTwoSpacesIsOneChunkWithTwoVectors() {
        EmbeddingSpace other = new EmbeddingSpace("other", "cd".repeat(32), 2);
        IndexedDocument first = document(1, OURS, "moving to another model");
        IndexedDocument both =
                new IndexedDocument(
                        first.id(),
                        List.of(
                                first.entries().getFirst(),
                                new IndexedDocument.Entry(
                                        first.entries().getFirst().chunk(),
                                        other,
                                        new float[] {0, 1})));
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(both), 1);

            assertThat(index.chunks()).isEqualTo(1);
            assertThat(index.nearest(other, new float[] {0, 2}, Reach.of(OURS), 5))
                    .containsExactly(new ScoredChunk(1, 1.0));
            assertThat(index.nearest(SPACE, new float[] {1, 1, 0, 0}, Reach.of(OURS), 5))
                    .extracting(ScoredChunk::chunk)
                    .containsExactly(1L);
        }
    }

    @Test
    void aVectorsScoreIsItsCosine() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "a"), document(3, OURS, "b")), 1);

            List<ScoredChunk> found =
                    index.nearest(SPACE, new float[] {1, 0, 0, 0}, Reach.of(OURS), 5);

            assertThat(found).extracting(ScoredChunk::chunk).containsExactly(1L, 3L);
            assertThat(found.get(0).score()).isCloseTo(1 / Math.sqrt(2), within(1e-5));
            assertThat(found.get(1).score()).isCloseTo(1 / Math.sqrt(10), within(1e-5));
        }
    }

    @Test
    void aSpaceWithoutVectorsFindsNothing() {
        EmbeddingSpace unused = new EmbeddingSpace("unused", "aa".repeat(32), 3);
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            assertThat(index.nearest(unused, new float[] {1, 0, 0}, Reach.of(OURS), 5)).isEmpty();
            index.apply(List.of(document(1, OURS, "in another space")), 1);
            assertThat(index.nearest(unused, new float[] {1, 0, 0}, Reach.of(OURS), 5)).isEmpty();
            assertThat(index.nearest(SPACE, new float[] {1, 0, 0, 0}, Reach.of(THEIRS), 5))
                    .isEmpty();
        }
    }

    @Test
    void nearlyAgreesWithAnExactScanWholeAndFiltered() {
        int dimension = 64;
        EmbeddingSpace space = new EmbeddingSpace("wide", "ef".repeat(32), dimension);
        Random random = new Random(1);
        float[][] centres = vectors(random, 40, dimension, null);
        float[][] vectors = vectors(random, 6_000, dimension, centres);
        List<IndexedDocument> documents =
                IntStream.range(0, vectors.length)
                        .mapToObj(
                                i ->
                                        document(
                                                i,
                                                i % 50 == 0 ? THEIRS : OURS,
                                                "n",
                                                List.of(),
                                                "t",
                                                space,
                                                vectors[i]))
                        .toList();
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            for (int from = 0; from < documents.size(); from += 1_000) {
                index.apply(documents.subList(from, from + 1_000), from + 1L);
            }
            for (Set<KnowledgeBaseId> bases : List.of(Set.of(OURS), Set.of(THEIRS))) {
                double recall = 0;
                float[][] questions = vectors(random, 50, dimension, centres);
                for (float[] question : questions) {
                    List<Long> exact =
                            IntStream.range(0, vectors.length)
                                    .filter(i -> bases.contains(i % 50 == 0 ? THEIRS : OURS))
                                    .boxed()
                                    .sorted(
                                            Comparator.comparingDouble(
                                                    i -> -cosine(question, vectors[i])))
                                    .limit(20)
                                    .map(Integer::longValue)
                                    .toList();
                    List<Long> found =
                            index.nearest(space, question, Reach.of(bases), 20).stream()
                                    .map(ScoredChunk::chunk)
                                    .toList();
                    recall += found.stream().filter(exact::contains).count() / 20.0;
                }
                assertThat(recall / questions.length).isGreaterThanOrEqualTo(0.98);
            }
        }
    }

    @Test
    void opensWhereItWasClosed() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "kept")), 42);
        }
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            assertThat(index.position()).isEqualTo(42);
            assertThat(found(index, "kept", OURS)).containsExactly(1L);
        }
    }

    @Test
    void beginsAnewWhereVectorsMoveInOrOut() {
        try (LuceneIndex index = LuceneIndex.open(folder, true)) {
            index.apply(List.of(document(1, OURS, "kept")), 42);
        }
        try (LuceneIndex words = LuceneIndex.open(folder, false)) {
            assertThat(words.position()).isZero();
            words.apply(List.of(document(1, OURS, "kept")), 43);
            assertThat(found(words, "kept", OURS)).containsExactly(1L);
            assertThatThrownBy(
                            () -> words.nearest(SPACE, new float[] {1, 0, 0, 0}, Reach.of(OURS), 5))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (LuceneIndex words = LuceneIndex.open(folder, false)) {
            assertThat(words.position()).isEqualTo(43);
        }
        try (LuceneIndex index = LuceneIndex.open(folder, true)) {
            assertThat(index.position()).isZero();
        }
    }

    @Test
    void everyTruncatedFileIsNoticedAndTheIndexBeginsAnew() throws IOException {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "soon damaged")), 7);
        }
        List<Path> files;
        try (var all = Files.list(folder)) {
            files =
                    all.filter(file -> !file.getFileName().toString().equals("write.lock"))
                            .toList();
        }
        assertThat(files).hasSizeGreaterThan(2);
        Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
        for (Path damaged : files) {
            Files.createDirectories(copy);
            for (Path file : files) {
                Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
            }
            try (FileChannel channel =
                    FileChannel.open(
                            copy.resolve(damaged.getFileName()), StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / 2);
            }
            try (LuceneIndex index = LuceneIndex.open(copy)) {
                assertThat(index.position()).as("with half of %s", damaged).isZero();
                assertThat(index.chunks()).isZero();
                index.apply(List.of(document(1, OURS, "made anew")), 7);
                assertThat(found(index, "anew", OURS)).containsExactly(1L);
            }
        }
    }

    @Test
    void aFlippedByteIsNoticed() throws IOException {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "soon damaged")), 7);
        }
        Path largest;
        try (var all = Files.list(folder)) {
            largest = all.max(Comparator.comparingLong(LuceneIndexTest::size)).orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(largest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(largest, bytes);

        try (LuceneIndex index = LuceneIndex.open(folder)) {
            assertThat(index.position()).isZero();
        }
    }

    @Test
    void anIndexOfAnotherFormatBeginsAnew() throws IOException {
        try (FSDirectory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("format", "0", "position", "9").entrySet());
            writer.commit();
        }
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            assertThat(index.position()).isZero();
        }
    }

    @Test
    void anIndexInUseIsLeftAlone() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "mine")), 5);

            assertThatThrownBy(() -> LuceneIndex.open(folder))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("another process");
            assertThat(found(index, "mine", OURS)).containsExactly(1L);
        }
    }

    @Test
    void rebuildForgetsEverythingAndGoesOn() {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "before")), 5);
            index.rebuild();

            assertThat(index.position()).isZero();
            assertThat(found(index, "before", OURS)).isEmpty();

            index.apply(List.of(document(1, OURS, "after")), 5);
            assertThat(found(index, "after", OURS)).containsExactly(1L);
        }
    }

    @Test
    void aSearchWaitsForTheIndexThatReplacesItsOwn() throws Exception {
        try (LuceneIndex index = LuceneIndex.open(folder)) {
            index.apply(List.of(document(1, OURS, "word")), 5);
            AtomicBoolean replaced = new AtomicBoolean();
            CompletableFuture<Integer> searches =
                    CompletableFuture.supplyAsync(
                            () -> {
                                int count = 0;
                                for (; !replaced.get(); count++) {
                                    found(index, "word", OURS);
                                }
                                return count;
                            });
            for (int i = 0; i < 40; i++) {
                index.rebuild();
                index.apply(List.of(document(1, OURS, "word")), 5);
            }
            replaced.set(true);
            assertThat(searches.get()).isPositive();
        }
    }

    @Test
    void killedAtAnyMomentItHoldsExactlyWhatItsPositionSays() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            Process writer =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-Xmx256m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Writer.class.getName(),
                                    folder.toString())
                            .redirectErrorStream(true)
                            .start();
            long said = 0;
            try (BufferedReader out = writer.inputReader()) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.startsWith("applied ")) {
                        said = Long.parseLong(line.substring(8));
                        if (said % 10 == 7 + kill) {
                            writer.destroyForcibly();
                            break;
                        }
                    }
                }
            }
            writer.waitFor();

            assertThat(said).as("the writer wrote").isPositive();
            try (LuceneIndex index = LuceneIndex.open(folder)) {
                assertThat(index.position()).isGreaterThanOrEqualTo(said);
                assertThat((long) index.chunks()).isEqualTo(index.position());
            }
        }
    }

    /// Adds one document a position until it is killed.
    static final class Writer {

        public static void main(String[] args) {
            LuceneIndex index = LuceneIndex.open(Path.of(args[0]));
            for (long next = index.position() + 1; next < 10_000; next++) {
                index.apply(List.of(document(next, OURS, "document " + next)), next);
                System.out.println("applied " + next);
            }
        }
    }

    private static List<Long> found(LuceneIndex index, String query, KnowledgeBaseId... bases) {
        return index.search(query, Reach.of(bases), 10).chunks().stream()
                .map(ScoredChunk::chunk)
                .sorted()
                .toList();
    }

    private static org.assertj.core.data.Offset<Double> within(double distance) {
        return org.assertj.core.api.Assertions.within(distance);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[][] vectors(Random random, int count, int dimension, float[][] around) {
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[dimension];
            float[] centre = around == null ? null : around[random.nextInt(around.length)];
            for (int d = 0; d < dimension; d++) {
                vector[d] = (float) random.nextGaussian() + (centre == null ? 0 : centre[d]);
            }
            vectors.add(vector);
        }
        return vectors.toArray(float[][]::new);
    }

    private static double cosine(float[] one, float[] other) {
        double dot = 0;
        double a = 0;
        double b = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            a += one[i] * one[i];
            b += other[i] * other[i];
        }
        return dot / Math.sqrt(a * b);
    }

    private void awaitSettled(LuceneIndex index, int segments) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!index.settle() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(segments()).hasSizeLessThanOrEqualTo(segments);
    }

    /// Those of the last commit.
    private List<String> segments() throws IOException {
        try (FSDirectory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.leaves().stream()
                    .map(leaf -> ((SegmentReader) leaf.reader()).getSegmentName())
                    .toList();
        }
    }
}
