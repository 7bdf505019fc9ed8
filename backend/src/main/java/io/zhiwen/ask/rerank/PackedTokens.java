package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.embed.TokenVectors;

/// Token vectors in 8 bits a number, a quarter of their size; measured to change no ranking.
///
/// @param scales one a token
record PackedTokens(int dimension, byte[] values, float[] scales) {

    private static final int OVERHEAD = 64;

    static PackedTokens of(TokenVectors tokens) {
        int dimension = tokens.dimension();
        float[] floats = tokens.values();
        byte[] values = new byte[floats.length];
        float[] scales = new float[tokens.size()];
        for (int row = 0; row < scales.length; row++) {
            int from = row * dimension;
            float most = Float.MIN_NORMAL;
            for (int i = from; i < from + dimension; i++) {
                most = Math.max(most, Math.abs(floats[i]));
            }
            scales[row] = most / Byte.MAX_VALUE;
            for (int i = from; i < from + dimension; i++) {
                values[i] = (byte) Math.round(floats[i] / scales[row]);
            }
        }
        return new PackedTokens(dimension, values, scales);
    }

    /// Without offsets: nothing that scores needs them.
    TokenVectors unpacked() {
        float[] floats = new float[values.length];
        for (int row = 0; row < scales.length; row++) {
            for (int i = row * dimension; i < (row + 1) * dimension; i++) {
                floats[i] = values[i] * scales[row];
            }
        }
        return new TokenVectors(dimension, floats, new int[scales.length], new int[scales.length]);
    }

    int bytes() {
        return values.length + scales.length * Float.BYTES + OVERHEAD;
    }
}
