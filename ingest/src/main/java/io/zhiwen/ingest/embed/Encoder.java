package io.zhiwen.ingest.embed;

/// A text encoder of one space. Safe for concurrent use; a call runs on the caller's thread and
/// waits while twice as many calls as the machine has cores are running.
///
/// Texts are read as they are: who wants traditional and simplified characters, full and half width
/// to meet gives both sides folded.
public interface Encoder extends AutoCloseable {

    EmbeddingSpace space();

    /// A unit vector. Text beyond the model's window (510 tokens) is not seen. A blank text is an
    /// `IllegalArgumentException`.
    float[] embed(String text);

    /// One unit vector a token, for late interaction. Text beyond the window is not seen; a blank
    /// text is an `IllegalArgumentException`.
    TokenVectors embedTokens(String text);

    /// Both at once, for about the price of one.
    default Embedded embedWithTokens(String text) {
        return new Embedded(embed(text), embedTokens(text));
    }

    /// As the model counts, special tokens left out.
    int countTokens(String text);

    /// Frees the model; no call may follow.
    @Override
    default void close() {}
}
