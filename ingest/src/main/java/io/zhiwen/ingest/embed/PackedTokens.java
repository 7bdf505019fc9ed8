package io.zhiwen.ingest.embed;

import java.nio.ByteBuffer;

/// Token vectors in 4 bits a number, an eighth of their size, small enough to be kept beside each
/// passage. A token takes `dimension / 2 + 6` bytes: where it begins (four bytes), how long it is
/// (two), then its numbers, two a byte.
///
/// Only directions are compared, so no scale is kept. It is the one of a few that loses least, so
/// that an outlying number does not flatten the others. The cost: backend/docs/retrieval.md.
///
/// @param bytes not copied, do not change
public record PackedTokens(int dimension, byte[] bytes) {

    private static final int BESIDE = Integer.BYTES + Short.BYTES;

    /// The largest number that 4 bits hold beside its negative.
    private static final int MOST = 7;

    /// What the largest number of a token is cut to, as a part of it.
    private static final float[] CUTS = {1f, 0.85f, 0.7f, 0.6f, 0.5f};

    private static final int LONGEST = 0xFFFF;

    public PackedTokens {
        if (dimension % 2 != 0 || bytes.length % (dimension / 2 + BESIDE) != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes hold no tokens of " + dimension + " numbers");
        }
    }

    public static PackedTokens of(TokenVectors tokens) {
        int dimension = tokens.dimension();
        ByteBuffer to = ByteBuffer.allocate(tokens.size() * (dimension / 2 + BESIDE));
        for (int token = 0; token < tokens.size(); token++) {
            int from = token * dimension;
            float scale = scale(tokens.values(), from, dimension);
            int start = tokens.starts()[token];
            to.putInt(start);
            to.putShort((short) Math.min(LONGEST, tokens.ends()[token] - start));
            for (int i = from; i < from + dimension; i += 2) {
                int high = nibble(tokens.values()[i], scale);
                int low = nibble(tokens.values()[i + 1], scale);
                to.put((byte) ((high << 4) | (low & 0xF)));
            }
        }
        return new PackedTokens(dimension, to.array());
    }

    public int size() {
        return bytes.length / (dimension / 2 + BESIDE);
    }

    /// Unit vectors again, each a little off.
    public TokenVectors unpacked() {
        int size = size();
        float[] values = new float[size * dimension];
        int[] starts = new int[size];
        int[] ends = new int[size];
        ByteBuffer from = ByteBuffer.wrap(bytes);
        for (int token = 0; token < size; token++) {
            starts[token] = from.getInt();
            ends[token] = starts[token] + (from.getShort() & LONGEST);
            unpack(from, values, token * dimension);
        }
        return new TokenVectors(dimension, values, starts, ends);
    }

    private void unpack(ByteBuffer from, float[] to, int row) {
        int squares = 0;
        for (int i = row; i < row + dimension; i += 2) {
            byte two = from.get();
            int high = two >> 4;
            int low = (byte) (two << 4) >> 4;
            squares += high * high + low * low;
            to[i] = high;
            to[i + 1] = low;
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = row; i < row + dimension; i++) {
            to[i] *= scale;
        }
    }

    private static int nibble(float number, float scale) {
        return Math.clamp(Math.round(number / scale), -MOST, MOST);
    }

    private static float scale(float[] values, int from, int length) {
        float most = Float.MIN_NORMAL;
        for (int i = from; i < from + length; i++) {
            most = Math.max(most, Math.abs(values[i]));
        }
        float best = most / MOST;
        double least = Double.MAX_VALUE;
        for (float cut : CUTS) {
            float scale = most * cut / MOST;
            double lost = 0;
            for (int i = from; i < from + length; i++) {
                float off = values[i] - nibble(values[i], scale) * scale;
                lost += off * off;
            }
            if (lost < least) {
                least = lost;
                best = scale;
            }
        }
        return best;
    }
}
