package io.zhiwen.ingest.embed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Whatever gives vectors: the bundled encoders, and the server where one is set. Safe for
/// concurrent use.
public final class Embedders implements AutoCloseable {

    private final Encoders bundled;
    private final EmbeddingServerSettings settings;
    private final @Nullable EmbeddingServer server;
    private final Map<EmbeddingSpace, Embedder> known = new ConcurrentHashMap<>();

    /// The bundled encoders alone.
    public Embedders(Encoders bundled) {
        this(bundled, EmbeddingServerSettings.NONE);
    }

    /// @param bundled stay their owner's to close
    public Embedders(Encoders bundled, EmbeddingServerSettings settings) {
        this(bundled, settings, settings.isSet() ? new EmbeddingServer(settings) : null);
    }

    Embedders(
            Encoders bundled, EmbeddingServerSettings settings, @Nullable EmbeddingServer server) {
        this.bundled = bundled;
        this.settings = settings;
        this.server = server;
    }

    public Encoders bundled() {
        return bundled;
    }

    /// What the server has to choose from; empty without one.
    public List<String> models() {
        return settings.models();
    }

    /// The space of a model of the server, which is asked for it now.
    ///
    /// @param model one of `models`
    /// @throws EmbeddingUnavailable when it gives no vectors
    public ServedSpace probe(String model) {
        EmbeddingServer asked = serverOf(model);
        Probe probe =
                Probe.of(
                        texts -> asked.patiently(model, prefixed(settings.questionPrefix(), texts)),
                        texts -> asked.patiently(model, prefixed(settings.passagePrefix(), texts)));
        return new ServedSpace(
                new EmbeddingSpace(model, fingerprint(model), probe.dimension()), probe);
    }

    /// How many numbers a vector of a model of the server has; it is asked for one now, once.
    ///
    /// @param model one of `models`
    /// @throws EmbeddingUnavailable when it gives none within `atMost`
    public int dimension(String model, Duration atMost) {
        return serverOf(model).now(model, settings.questionPrefix() + "知问", atMost).length;
    }

    /// Who gives vectors of a space; where its model is not set any more, one that cannot.
    public Embedder in(ServedSpace served) {
        return known.computeIfAbsent(served.space(), _ -> find(served));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private EmbeddingServer serverOf(String model) {
        if (server == null || !settings.models().contains(model)) {
            throw new IllegalArgumentException("no server is set for " + model);
        }
        return server;
    }

    private Embedder find(ServedSpace served) {
        EmbeddingSpace space = served.space();
        if (server == null
                || !settings.models().contains(space.model())
                || !fingerprint(space.model()).equals(space.sha256())) {
            return new AbsentEmbedder(space);
        }
        Probe chinese = ofBundled(bundled.chinese());
        Probe english = ofBundled(bundled.english());
        return new ServerEmbedder(
                server, served, served.probe().to(chinese, english), System::nanoTime);
    }

    private static Probe ofBundled(Encoder encoder) {
        return Probe.of(
                texts -> texts.stream().map(encoder::embed).toList(),
                texts -> texts.stream().map(encoder::embed).toList());
    }

    private static List<String> prefixed(String prefix, List<String> texts) {
        return texts.stream().map(text -> prefix + text).toList();
    }

    /// What else than the model's name decides its vectors.
    private String fingerprint(String model) {
        String asked =
                String.join("\n", model, settings.questionPrefix(), settings.passagePrefix());
        return BundledEncoders.sha256(asked.getBytes(StandardCharsets.UTF_8));
    }

    /// Of a model that nobody serves.
    private record AbsentEmbedder(EmbeddingSpace space) implements Embedder {

        @Override
        public List<float[]> passages(List<String> texts) {
            throw absent();
        }

        @Override
        public float[] question(String text) {
            throw absent();
        }

        @Override
        public double comparable(double cosine) {
            return cosine;
        }

        private EmbeddingUnavailable absent() {
            return new EmbeddingUnavailable(
                    "no embedding server is set for %s, or it is asked with other prefixes (zhiwen.embedding.*)"
                            .formatted(space.model()));
        }
    }
}
