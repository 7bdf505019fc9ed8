package io.zhiwen.ingest.embed;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// A model of the embedding server, held against what is known of its space: now and then, and
/// after each failure, it must give the vector it gave before, so that another model under the same
/// name spoils nothing. After a failure no question waits for it for some seconds.
final class ServerEmbedder implements Embedder {

    private static final Duration REST = Duration.ofSeconds(10);
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final EmbeddingServer server;
    private final ServedSpace served;
    private final Probe.Scale scale;
    private final LongSupplier nanos;
    private volatile long recognisedAt;
    private volatile boolean recognised;
    private volatile long failedAt;
    private volatile boolean failed;

    ServerEmbedder(
            EmbeddingServer server, ServedSpace served, Probe.Scale scale, LongSupplier nanos) {
        this.server = server;
        this.served = served;
        this.scale = scale;
        this.nanos = nanos;
    }

    @Override
    public EmbeddingSpace space() {
        return served.space();
    }

    @Override
    public List<float[]> passages(List<String> texts) {
        return watched(
                () -> {
                    String prefix = server.settings().passagePrefix();
                    List<float[]> vectors =
                            server.patiently(
                                    space().model(),
                                    texts.stream().map(text -> prefix + text).toList());
                    vectors.forEach(this::requireOfThisSpace);
                    return vectors;
                });
    }

    @Override
    public float[] question(String text) {
        if (failed && nanos.getAsLong() - failedAt < REST.toNanos()) {
            throw new EmbeddingUnavailable(
                    "the embedding server failed just now and is not asked for "
                            + REST.toSeconds()
                            + " s");
        }
        return watched(() -> asQuestion(text));
    }

    @Override
    public double comparable(double cosine) {
        return scale.of(cosine);
    }

    private interface Work<T> {
        T done();
    }

    private <T> T watched(Work<T> work) {
        try {
            recognise();
            T done = work.done();
            failed = false;
            return done;
        } catch (EmbeddingUnavailable e) {
            failedAt = nanos.getAsLong();
            failed = true;
            recognised = false;
            throw e;
        }
    }

    private void recognise() {
        long now = nanos.getAsLong();
        if (recognised && now - recognisedAt < GOOD_FOR.toNanos()) {
            return;
        }
        if (!served.probe().recognises(asQuestion(Probe.QUESTIONS.getFirst()))) {
            throw new EmbeddingUnavailable(
                    "the embedding server gives other vectors for "
                            + space().model()
                            + " than before: it must be another model");
        }
        recognisedAt = now;
        recognised = true;
    }

    private float[] asQuestion(String text) {
        var settings = server.settings();
        float[] vector =
                server.now(space().model(), settings.questionPrefix() + text, settings.timeLimit());
        requireOfThisSpace(vector);
        return vector;
    }

    private void requireOfThisSpace(float[] vector) {
        if (vector.length != space().dimension()) {
            throw new EmbeddingUnavailable(
                    "the embedding server gives vectors of %d numbers for %s, whose have %d"
                            .formatted(vector.length, space().model(), space().dimension()));
        }
    }
}
