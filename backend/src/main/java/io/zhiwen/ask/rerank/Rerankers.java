package io.zhiwen.ask.rerank;

import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rerankers there are, of which a profile names one. Safe for concurrent use.
public final class Rerankers implements AutoCloseable {

    private final LateInteractionReranker bundled;
    private final @Nullable RerankServer server;

    /// @param profile whose token cache the bundled one gets
    public Rerankers(Encoders encoders, RetrievalProfile profile, RerankServerSettings server) {
        this.bundled = new LateInteractionReranker(encoders, profile.tokenCache().toBytes());
        this.server = server.isSet() ? new RerankServer(server) : null;
    }

    /// Scores, and who gave them: not who should have where a server failed.
    public record Reread(RerankerKind kind, Reranker by, Map<Long, Double> scores) {}

    /// @param question as it was asked: a cross-encoder knows languages
    /// @param text as the bundled encoder is to read it: the question or its translation
    public Reread read(
            String question, String text, List<StoredChunk> candidates, RetrievalProfile profile) {
        if (profile.reranker() == RerankerKind.NONE) {
            return new Reread(RerankerKind.NONE, bundled, Map.of());
        }
        if (profile.reranker() == RerankerKind.SERVER && server != null) {
            var scores = server.score(question, candidates, profile.rerankBudget());
            if (!scores.isEmpty()) {
                return new Reread(RerankerKind.SERVER, server, scores);
            }
        }
        var scores = bundled.score(text, candidates, profile.rerankBudget());
        return new Reread(RerankerKind.LATE_INTERACTION, bundled, scores);
    }

    @Override
    public void close() {
        bundled.close();
        if (server != null) {
            server.close();
        }
    }
}
