package io.zhiwen.ask.rerank;

import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.store.StoredChunk;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rerankers there are, of which a profile names one. Safe for concurrent use.
public final class Rerankers implements AutoCloseable {

    private final LateInteractionReranker bundled;
    private final @Nullable RerankServer server;
    private final @Nullable OnnxReranker onnx;

    public Rerankers(Encoders encoders, PassageTokens passages, RerankerSettings settings) {
        this.bundled = new LateInteractionReranker(encoders, passages);
        this.server = settings.isSet() ? new RerankServer(settings) : null;
        this.onnx = settings.isFile() ? new OnnxReranker(Path.of(settings.model())) : null;
    }

    /// Scores, and who gave them: not who should have where that one failed.
    ///
    /// @param instead why it was not the one the profile names; null when it was
    public record Reread(
            RerankerKind kind, Reranker by, Map<Long, Double> scores, @Nullable String instead) {

        Reread(RerankerKind kind, Reranker by, Map<Long, Double> scores) {
            this(kind, by, scores, null);
        }
    }

    /// @param question as it was asked: a cross-encoder knows languages
    /// @param text as the bundled encoder is to read it: the question or its translation
    public Reread read(
            String question, String text, List<StoredChunk> candidates, RetrievalProfile profile) {
        if (profile.reranker() == RerankerKind.NONE) {
            return new Reread(RerankerKind.NONE, bundled, Map.of());
        }
        Reranker wanted = wanted(profile.reranker());
        String instead = unready(profile.reranker());
        if (wanted != null && instead == null && !candidates.isEmpty()) {
            var scores = wanted.score(question, candidates, profile.rerankBudget());
            if (!scores.isEmpty()) {
                return new Reread(profile.reranker(), wanted, scores);
            }
            instead = failed(profile.reranker());
        }
        var scores = bundled.score(text, candidates, profile.rerankBudget());
        return new Reread(RerankerKind.LATE_INTERACTION, bundled, scores, instead);
    }

    private @Nullable Reranker wanted(RerankerKind kind) {
        return switch (kind) {
            case NONE, LATE_INTERACTION -> null;
            case SERVER -> server;
            case ONNX -> onnx;
        };
    }

    private @Nullable String unready(RerankerKind kind) {
        return switch (kind) {
            case NONE, LATE_INTERACTION -> null;
            case SERVER -> server == null ? "zhiwen.reranker.url names no server" : null;
            case ONNX -> onnx == null ? "zhiwen.reranker.model names no file" : onnx.silent();
        };
    }

    private String failed(RerankerKind kind) {
        String silent = kind == RerankerKind.ONNX && onnx != null ? onnx.silent() : null;
        return silent != null ? silent : "the reranker gave no scores";
    }

    @Override
    public void close() {
        bundled.close();
        if (server != null) {
            server.close();
        }
        if (onnx != null) {
            onnx.close();
        }
    }
}
