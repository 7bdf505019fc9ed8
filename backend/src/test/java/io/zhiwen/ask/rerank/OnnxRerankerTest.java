package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.fuse.Fused.Signals;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.TinyCrossEncoder;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRerankerTest {

    private static final String QUESTION = "How many days of leave?";
    private static final String LOADING = "the model is being loaded";
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final List<StoredChunk> CANDIDATES =
            List.of(chunk(7, "The canteen opens at eight."), chunk(9, "Leave is 15 days."));

    private final AtomicLong nanos = new AtomicLong();

    @TempDir Path folder;

    @Test
    void theModelReadsTheCandidatesAndTheTraceSaysWho() throws Exception {
        try (var rerankers = rerankers(TinyCrossEncoder.write(folder, "leave", "days"))) {
            var said = read(rerankers);
            assertThat(said.kind()).isEqualTo(RerankerKind.ONNX);
            assertThat(said.scores()).isEqualTo(Map.of(7L, -2.0, 9L, 6.0));
            assertThat(said.instead()).isNull();
            assertThat(
                            said.by()
                                    .relevance(
                                            new Relevance(Calibration.BUNDLED.asked()),
                                            new Signals(0, 0, false, 0),
                                            6.0))
                    .isGreaterThan(0.99);
        }
    }

    @Test
    void manyCandidatesAreAllReadWhateverTheSlices() throws Exception {
        try (var model = new OnnxReranker(TinyCrossEncoder.write(folder, "leave"), nanos::get)) {
            awaitLoaded(model);
            List<StoredChunk> many =
                    LongStream.range(0, 25)
                            .mapToObj(i -> chunk(i, i % 3 == 0 ? "leave" : "toner " + i))
                            .toList();
            Map<Long, Double> scores = model.score(QUESTION, many, BUDGET);
            assertThat(scores).hasSize(25);
            scores.forEach((id, score) -> assertThat(score).isEqualTo(id % 3 == 0 ? 2 : -2));
        }
    }

    @Test
    void whereTheFileIsMissingOrBrokenTheBundledEncoderReads() throws Exception {
        Path model = TinyCrossEncoder.write(folder, "leave");
        instead(folder.resolve("none.onnx"), "there is no file");
        Files.delete(folder.resolve("tokenizer.json"));
        instead(model, "tokenizer.json");
        instead(TinyCrossEncoder.write(folder, 3, 0, "leave"), "one number a pair");
        instead(TinyCrossEncoder.write(folder, 1, Float.NaN, "leave"), "NaN");
        Files.write(model, new byte[100]);
        instead(model, "ONNX Runtime does not take");
    }

    @Test
    void aModelThatIsTooSlowIsLeftAloneForTenSeconds() throws Exception {
        try (var model = new OnnxReranker(TinyCrossEncoder.write(folder, "leave"), nanos::get)) {
            awaitLoaded(model);
            assertThat(model.score(QUESTION, CANDIDATES, Duration.ZERO)).isEmpty();
            assertThat(model.silent()).contains("too slow");
            nanos.addAndGet(Duration.ofSeconds(9).toNanos());
            assertThat(model.score(QUESTION, CANDIDATES, BUDGET)).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(model.score(QUESTION, CANDIDATES, BUDGET)).hasSize(2);
            assertThat(model.silent()).isNull();
        }
    }

    private static void instead(Path model, String why) throws Exception {
        try (var rerankers = rerankers(model)) {
            var said = read(rerankers);
            assertThat(said.kind()).isEqualTo(RerankerKind.LATE_INTERACTION);
            assertThat(said.scores()).containsOnlyKeys(7L, 9L);
            assertThat(said.instead()).contains(why);
        }
    }

    private static Rerankers rerankers(Path model) {
        return new Rerankers(
                new Encoders(new Letters(), new Letters()),
                new PassageTokens(PassageTokens.Kept.NOTHING, 0),
                new RerankerSettings("", model.toString(), ""));
    }

    private static Rerankers.Reread read(Rerankers rerankers) {
        while (true) {
            var said = rerankers.read(QUESTION, QUESTION, CANDIDATES, profile());
            if (!LOADING.equals(said.instead())) {
                return said;
            }
            Thread.onSpinWait();
        }
    }

    private static void awaitLoaded(OnnxReranker model) {
        while (LOADING.equals(model.silent())) {
            Thread.onSpinWait();
        }
    }

    private static RetrievalProfile profile() {
        RetrievalProfile usual = RetrievalProfile.DEFAULT;
        return new RetrievalProfile(
                usual.candidates(),
                usual.efSearch(),
                usual.legBudget(),
                RerankerKind.ONNX,
                usual.reranked(),
                BUDGET,
                usual.tokenCache());
    }

    private static StoredChunk chunk(long id, String text) {
        Span span = new Span(0, text.length());
        return new StoredChunk(
                id,
                KnowledgeBaseId.random(),
                DocumentId.random(),
                1,
                "handbook.md",
                new Chunk(0, text, List.of(), null, null, span, span, 1, Language.EN));
    }

    /// A token is a letter.
    private record Letters() implements Encoder {

        @Override
        public EmbeddingSpace space() {
            return new EmbeddingSpace("letters", "0", 64);
        }

        @Override
        public float[] embed(String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TokenVectors embedTokens(String text) {
            float[] values = new float[text.length() * 64];
            for (int i = 0; i < text.length(); i++) {
                values[i * 64 + text.charAt(i) % 64] = 1;
            }
            return new TokenVectors(64, values, new int[text.length()], new int[text.length()]);
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }
    }
}
