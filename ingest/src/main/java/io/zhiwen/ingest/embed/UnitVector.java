package io.zhiwen.ingest.embed;

/// Vectors as indexes want them: of length one, only their direction says anything.
public final class UnitVector {

    private UnitVector() {}

    /// @throws IllegalArgumentException for a vector without direction
    public static float[] of(float[] vector) {
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
}
