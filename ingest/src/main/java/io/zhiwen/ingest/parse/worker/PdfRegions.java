package io.zhiwen.ingest.parse.worker;

import java.util.Arrays;

/// Which cells of a frame are one, as no line parts them.
final class PdfRegions {

    private PdfRegions() {}

    /// Each cell's region, named by the first cell in it.
    static int[] of(PdfLattice frame) {
        int rows = frame.ys().length - 1;
        int columns = frame.xs().length - 1;
        int[] region = new int[rows * columns];
        Arrays.setAll(region, i -> i);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int cell = row * columns + column;
                if (column + 1 < columns && !frame.endsAtRight(row, column)) {
                    join(region, cell, cell + 1);
                }
                if (row + 1 < rows && !frame.endsBelow(row, column)) {
                    join(region, cell, cell + columns);
                }
            }
        }
        for (int cell = 0; cell < region.length; cell++) {
            region[cell] = first(region, cell);
        }
        return region;
    }

    private static void join(int[] region, int a, int b) {
        int one = first(region, a);
        int other = first(region, b);
        region[Math.max(one, other)] = Math.min(one, other);
    }

    private static int first(int[] region, int cell) {
        int first = cell;
        while (region[first] != first) {
            first = region[first];
        }
        return first;
    }
}
