package io.zhiwen.ask.rerank;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Dot products of the rows of two matrices with the processor's vector registers; needs the module
/// `jdk.incubator.vector`.
final class Dots {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;

    private Dots() {}

    /// `result[i * rows of b + j]` becomes row `i` of `a` times row `j` of `b`.
    static void all(float[] a, float[] b, int width, float[] result) {
        int rowsOfA = a.length / width;
        int rowsOfB = b.length / width;
        int i = 0;
        for (; i + 4 <= rowsOfA; i += 4) {
            for (int j = 0; j < rowsOfB; j++) {
                four(a, i * width, b, j * width, width, result, i * rowsOfB + j, rowsOfB);
            }
        }
        for (; i < rowsOfA; i++) {
            for (int j = 0; j < rowsOfB; j++) {
                result[i * rowsOfB + j] = one(a, i * width, b, j * width, width);
            }
        }
    }

    /// Four rows of `a` at once, so that each load of `b` serves four products.
    private static void four(
            float[] a,
            int fromA,
            float[] b,
            int fromB,
            int width,
            float[] result,
            int to,
            int step) {
        FloatVector sum0 = FloatVector.zero(LANES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        int whole = LANES.loopBound(width);
        for (int k = 0; k < whole; k += LANES.length()) {
            FloatVector column = FloatVector.fromArray(LANES, b, fromB + k);
            sum0 = FloatVector.fromArray(LANES, a, fromA + k).fma(column, sum0);
            sum1 = FloatVector.fromArray(LANES, a, fromA + width + k).fma(column, sum1);
            sum2 = FloatVector.fromArray(LANES, a, fromA + 2 * width + k).fma(column, sum2);
            sum3 = FloatVector.fromArray(LANES, a, fromA + 3 * width + k).fma(column, sum3);
        }
        result[to] = sum(sum0) + rest(a, fromA, b, fromB, whole, width);
        result[to + step] = sum(sum1) + rest(a, fromA + width, b, fromB, whole, width);
        result[to + 2 * step] = sum(sum2) + rest(a, fromA + 2 * width, b, fromB, whole, width);
        result[to + 3 * step] = sum(sum3) + rest(a, fromA + 3 * width, b, fromB, whole, width);
    }

    private static float one(float[] a, int fromA, float[] b, int fromB, int width) {
        FloatVector sum = FloatVector.zero(LANES);
        int whole = LANES.loopBound(width);
        for (int k = 0; k < whole; k += LANES.length()) {
            sum =
                    FloatVector.fromArray(LANES, a, fromA + k)
                            .fma(FloatVector.fromArray(LANES, b, fromB + k), sum);
        }
        return sum(sum) + rest(a, fromA, b, fromB, whole, width);
    }

    private static float sum(FloatVector lanes) {
        return lanes.reduceLanes(VectorOperators.ADD);
    }

    private static float rest(float[] a, int fromA, float[] b, int fromB, int from, int to) {
        float sum = 0;
        for (int k = from; k < to; k++) {
            sum += a[fromA + k] * b[fromB + k];
        }
        return sum;
    }
}
