package io.zhiwen.ingest.embed;

import java.util.Arrays;
import java.util.stream.IntStream;

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

    /// The tokens that begin at or behind an offset, as if the text began there.
    public TokenVectors from(int offset) {
        int first = 0;
        while (first < starts.length && starts[first] < offset) {
            first++;
        }
        return first == 0 && offset == 0
                ? this
                : new TokenVectors(
                        dimension,
                        Arrays.copyOfRange(values, first * dimension, values.length),
                        IntStream.of(starts).skip(first).map(at -> at - offset).toArray(),
                        IntStream.of(ends).skip(first).map(at -> at - offset).toArray());
    }

    public int size() {
        return starts.length;
    }
}
