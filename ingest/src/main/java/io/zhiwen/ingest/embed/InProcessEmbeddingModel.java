package io.zhiwen.ingest.embed;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;

/// An encoder as LangChain4j's `EmbeddingModel`, for code written against that interface. Several
/// texts are encoded side by side; their number of callers is bounded by the encoder.
public final class InProcessEmbeddingModel implements EmbeddingModel {

    private final Encoder encoder;

    public InProcessEmbeddingModel(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<Embedding> embeddings =
                segments.parallelStream()
                        .map(segment -> Embedding.from(encoder.embed(segment.text())))
                        .toList();
        int tokens =
                segments.stream().mapToInt(segment -> encoder.countTokens(segment.text())).sum();
        return Response.from(embeddings, new TokenUsage(tokens));
    }

    @Override
    public int dimension() {
        return encoder.space().dimension();
    }

    @Override
    public String modelName() {
        return encoder.space().model();
    }
}
