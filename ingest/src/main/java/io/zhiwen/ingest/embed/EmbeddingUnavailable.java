package io.zhiwen.ingest.embed;

/// An embedder that cannot give vectors now: its server is down, slow, or answers what is none. It
/// says nothing about the text: try again later.
public final class EmbeddingUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EmbeddingUnavailable(String message) {
        super(message);
    }
}
