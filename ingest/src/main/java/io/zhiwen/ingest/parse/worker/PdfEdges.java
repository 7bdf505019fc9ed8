package io.zhiwen.ingest.parse.worker;

import java.util.List;

/// Finds what stands at the upper and lower edge of a page apart from its text: lines near the edge
/// with a wide gap between them and the rest.
final class PdfEdges {

    /// How far from the edge such lines may be, as a share of the page.
    private static final float ZONE = 0.13f;

    /// The gap, in letter heights; lines of text are closer.
    private static final float GAP = 1.7f;

    private PdfEdges() {}

    /// Lines higher than this are the upper edge.
    static float below(List<PdfRun> runs, float height) {
        List<PdfRun> lines = runs.stream().sorted((a, b) -> Float.compare(a.y(), b.y())).toList();
        float cut = 0;
        for (int i = 1; i < lines.size() && lines.get(i - 1).y() < ZONE * height; i++) {
            if (isApart(lines.get(i - 1), lines.get(i))) {
                cut = (lines.get(i - 1).y() + lines.get(i).y()) / 2;
            }
        }
        return cut;
    }

    /// Lines lower than this are the lower edge.
    static float above(List<PdfRun> runs, float height) {
        List<PdfRun> lines = runs.stream().sorted((a, b) -> Float.compare(b.y(), a.y())).toList();
        float cut = Float.MAX_VALUE;
        for (int i = 1; i < lines.size() && lines.get(i - 1).y() > (1 - ZONE) * height; i++) {
            if (isApart(lines.get(i), lines.get(i - 1))) {
                cut = (lines.get(i - 1).y() + lines.get(i).y()) / 2;
            }
        }
        return cut;
    }

    private static boolean isApart(PdfRun upper, PdfRun lower) {
        return lower.y() - upper.y() > GAP * Math.max(upper.size(), lower.size());
    }
}
