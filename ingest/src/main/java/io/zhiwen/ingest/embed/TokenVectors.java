package io.zhiwen.ingest.embed;

/// A text as the encoder's last hidden states: one unit vector for each token, special tokens left
/// out.
///
/// @param values row after row, `size() * dimension` floats; not copied, do not change
/// @param starts offset in the text where each token begins, UTF-16
/// @param ends offset in the text behind each token
public record TokenVectors(int dimension, float[] values, int[] starts, int[] ends) {

    public TokenVectors {
        if (values.length != starts.length * dimension || starts.length != ends.length) {
            throw new IllegalArgumentException(
                    values.length + " floats for " + starts.length + " tokens of " + dimension);
        }
    }

    public int size() {
        return starts.length;
    }
}
