package io.zhiwen.ask.rerank;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ask.rerank.PassageTokens.Kept;
import io.zhiwen.ingest.chunk.Chunk;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.embed.PackedTokens;
import io.zhiwen.ingest.embed.TokenVectors;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class LateInteractionRerankerTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String QUESTION = "leave?";

    private static final List<StoredChunk> PASSAGES =
            List.of(passage(7, "five days of leave"), passage(9, "the pump"));

    private final Letters encoder = new Letters();
    private final Encoders encoders = new Encoders(encoder, encoder);

    @Test
    void passagesWhoseTokensAreKeptAreNotReadAgain() {
        Map<Long, Double> read = scores(Kept.NOTHING);
        assertThat(encoder.read).contains("rules\nfive days of leave", "rules\nthe pump");
        encoder.read.clear();

        assertThat(scores((ids, _) -> keptOf(ids.stream().toList()))).isEqualTo(read);
        assertThat(encoder.read).containsExactly(QUESTION);
    }

    @Test
    void whatIsNotKeptIsReadAndRemembered() {
        var passages = new PassageTokens((_, _) -> keptOf(List.of(7L)), 1 << 20);
        try (var reranker = new LateInteractionReranker(encoders, passages)) {
            reranker.score(QUESTION, PASSAGES, LONG);
            reranker.score(QUESTION, PASSAGES, LONG);
        }
        assertThat(encoder.read)
                .containsOnlyOnce("rules\nthe pump")
                .doesNotContain("rules\nfive days of leave");
    }

    @Test
    void keptPassagesDoNotWaitForThoseThatHaveToBeRead() {
        int workers = Runtime.getRuntime().availableProcessors();
        List<StoredChunk> candidates = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            candidates.add(passage(100 + i, "the pump"));
        }
        candidates.addAll(PASSAGES);
        encoder.reads = new CountDownLatch(1);
        var passages = new PassageTokens((_, _) -> keptOf(List.of(7L, 9L)), 0);
        try (var reranker = new LateInteractionReranker(encoders, passages)) {
            Map<Long, Double> scores = reranker.score(QUESTION, candidates, Duration.ofSeconds(2));
            encoder.reads.countDown();
            assertThat(scores).containsOnlyKeys(7L, 9L);
        }
    }

    @Test
    void whereTheDatabaseIsAwayPassagesAreRead() {
        Map<Long, Double> said =
                scores(
                        (_, _) -> {
                            throw new DataAccessResourceFailureException("away");
                        });
        assertThat(said).containsOnlyKeys(7L, 9L);
    }

    @Test
    void tokensOfATextAloneHaveTheirPlacesInIt() {
        TokenVectors tokens =
                new PassageTokens(Kept.NOTHING, 0)
                        .of(PASSAGES, encoder)
                        .ofText(PASSAGES.getFirst());
        assertThat(tokens.size()).isEqualTo("five days of leave".length());
        assertThat(tokens.starts()).startsWith(0, 1, 2);
        assertThat(tokens.ends()).endsWith("five days of leave".length());
    }

    private Map<Long, Double> scores(Kept kept) {
        var passages = new PassageTokens(kept, 0);
        try (var reranker = new LateInteractionReranker(encoders, passages)) {
            return reranker.score(QUESTION, PASSAGES, LONG);
        }
    }

    private Map<Long, PackedTokens> keptOf(List<Long> ids) {
        var other = new Letters();
        return PASSAGES.stream()
                .filter(one -> ids.contains(one.id()))
                .collect(
                        Collectors.toMap(
                                StoredChunk::id,
                                one ->
                                        PackedTokens.of(
                                                other.embedTokens(
                                                        one.chunk()
                                                                .embeddedText()
                                                                .toLowerCase(Locale.ROOT)))));
    }

    private static StoredChunk passage(long id, String text) {
        var span = new Span(0, text.length());
        return new StoredChunk(
                id,
                KnowledgeBaseId.random(),
                DocumentId.random(),
                1,
                "a.md",
                new Chunk(
                        0,
                        text,
                        List.of("Rules"),
                        null,
                        null,
                        span,
                        span,
                        text.length(),
                        Language.EN));
    }

    /// A token is a character, and says what it has read.
    private static final class Letters implements Encoder {

        private final Queue<String> read = new ConcurrentLinkedQueue<>();
        private volatile CountDownLatch reads = new CountDownLatch(0);

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
            read.add(text);
            if (!text.equals(QUESTION)) {
                awaitLeave();
            }
            float[] values = new float[text.length() * 64];
            int[] starts = new int[text.length()];
            int[] ends = new int[text.length()];
            for (int i = 0; i < text.length(); i++) {
                values[i * 64 + text.charAt(i) % 64] = 1;
                starts[i] = i;
                ends[i] = i + 1;
            }
            return new TokenVectors(64, values, starts, ends);
        }

        private void awaitLeave() {
            try {
                reads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }
    }
}
