package io.zhiwen.ingest.index.lucene;

/// Lucene's dot product insists on unit length.
final class Vectors {

    private Vectors() {}

    /// @throws IllegalArgumentException for a vector without direction
    static float[] unit(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += (double) value * value;
        }
        if (!(square > 0) || Double.isInfinite(square)) {
            throw new IllegalArgumentException("a vector of length " + Math.sqrt(square));
        }
        double scale = 1 / Math.sqrt(square);
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] * scale);
        }
        return unit;
    }

    /// Undoes Lucene's `(1 + cosine) / 2`.
    static double cosine(float score) {
        return 2.0 * score - 1;
    }
}
