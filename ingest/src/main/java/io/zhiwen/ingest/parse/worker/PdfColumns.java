package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the columns of running text on a page, by the tallest strip of white with prose on either
/// side, again and again. Tables are left alone: their cells are no prose.
final class PdfColumns {

    private record Band(float x, float top, float bottom, int rows) {}

    private static final float STEP = 3;
    private static final int FEWEST_ROWS = 5;
    private static final int MOST_TRIES = 12;
    private static final int DEEPEST = 6;

    private PdfColumns() {}

    /// The runs in groups, in the order in which the groups are read.
    static List<List<PdfRun>> of(List<PdfRun> runs) {
        List<List<PdfRun>> columns = new ArrayList<>();
        split(runs, columns, 0);
        return columns;
    }

    private static void split(List<PdfRun> runs, List<List<PdfRun>> columns, int depth) {
        if (runs.isEmpty()) {
            return;
        }
        List<Band> bands = depth < DEEPEST ? bands(runs) : List.of();
        for (Band band : bands.subList(0, Math.min(MOST_TRIES, bands.size()))) {
            List<PdfRun> above = new ArrayList<>();
            List<PdfRun> left = new ArrayList<>();
            List<PdfRun> right = new ArrayList<>();
            List<PdfRun> below = new ArrayList<>();
            for (PdfRun run : runs) {
                if (run.y() <= band.top()) {
                    above.add(run);
                } else if (run.y() >= band.bottom()) {
                    below.add(run);
                } else {
                    (run.right() <= band.x() ? left : right).add(run);
                }
            }
            if (isProse(left) && isProse(right)) {
                split(above, columns, depth + 1);
                split(left, columns, depth + 1);
                split(right, columns, depth + 1);
                split(below, columns, depth + 1);
                return;
            }
        }
        columns.add(runs);
    }

    /// Where a vertical line crosses nothing from one row to another, those with most rows first.
    private static List<Band> bands(List<PdfRun> runs) {
        float left = (float) runs.stream().mapToDouble(PdfRun::left).min().orElse(0);
        float right = (float) runs.stream().mapToDouble(PdfRun::right).max().orElse(0);
        List<Band> bands = new ArrayList<>();
        for (float x = left + 60; x < right - 60; x += STEP) {
            List<Float> crossed = new ArrayList<>(List.of(Float.NEGATIVE_INFINITY));
            for (PdfRun run : runs) {
                if (run.left() < x + STEP && run.right() > x - STEP) {
                    crossed.add(run.y());
                }
            }
            crossed.add(Float.POSITIVE_INFINITY);
            crossed.sort(null);
            for (int i = 1; i < crossed.size(); i++) {
                add(bands, runs, x, crossed.get(i - 1), crossed.get(i));
            }
        }
        bands.sort(Comparator.comparingInt(Band::rows).reversed());
        return bands;
    }

    private static void add(List<Band> bands, List<PdfRun> runs, float x, float top, float bottom) {
        if (bottom - top < 40) {
            return;
        }
        int left = 0;
        int right = 0;
        for (PdfRun run : runs) {
            if (run.y() > top && run.y() < bottom) {
                left += run.right() <= x ? 1 : 0;
                right += run.left() >= x ? 1 : 0;
            }
        }
        if (Math.min(left, right) >= FEWEST_ROWS) {
            bands.add(new Band(x, top, bottom, Math.min(left, right)));
        }
    }

    /// Whether most lines are full from edge to edge and hold more than a few words.
    private static boolean isProse(List<PdfRun> runs) {
        if (runs.size() < FEWEST_ROWS) {
            return false;
        }
        List<PdfRow> rows =
                PdfRow.of(new ArrayList<>(runs.stream().map(PdfColumns::copy).toList()));
        float left = (float) rows.stream().mapToDouble(PdfRow::left).min().orElse(0);
        float right = (float) rows.stream().mapToDouble(PdfRow::right).max().orElse(0);
        float width = right - left;
        long full = rows.stream().filter(row -> row.covered() > 0.6f * width).count();
        double letters = rows.stream().mapToInt(PdfColumns::width).average().orElse(0);
        return rows.size() >= FEWEST_ROWS && width > 70 && full * 2 >= rows.size() && letters >= 16;
    }

    private static int width(PdfRow row) {
        String text = row.text();
        return text.length() + (int) text.chars().filter(c -> PdfRun.isWide((char) c)).count();
    }

    /// Rows join their runs, which must not happen to the originals yet.
    private static PdfRun copy(PdfRun run) {
        if (run.grid() != null) {
            return run;
        }
        PdfRun copy = new PdfRun(run.left(), run.y(), run.size());
        copy.add(run.text(), run.left(), run.right() - run.left(), run.size(), run.isBold());
        return copy;
    }
}
