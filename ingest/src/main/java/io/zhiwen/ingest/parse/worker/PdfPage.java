package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// A page's columns; the lines at its upper and lower edge apart.
record PdfPage(int number, List<PdfRow> top, List<List<PdfRow>> columns, List<PdfRow> bottom) {

    /// @param directions the runs of each direction of writing
    /// @param edges whether the document has enough pages for running heads
    static PdfPage of(int number, PDPage page, List<List<PdfRun>> directions, boolean edges) {
        PDRectangle box = page.getCropBox();
        boolean turned = page.getRotation() % 180 != 0;
        float height = turned ? box.getWidth() : box.getHeight();
        return of(number, height, directions, edges);
    }

    /// @param height of the page in points
    static PdfPage of(int number, float height, List<List<PdfRun>> directions, boolean edges) {
        List<PdfRun> top = new ArrayList<>();
        List<PdfRun> bottom = new ArrayList<>();
        List<List<PdfRow>> columns = new ArrayList<>();
        for (int i = 0; i < directions.size(); i++) {
            List<PdfRun> text = new ArrayList<>();
            boolean apart = edges && i == 0;
            float from = apart ? PdfEdges.below(directions.get(i), height) : 0;
            float to = apart ? PdfEdges.above(directions.get(i), height) : Float.MAX_VALUE;
            List<PdfGrid> tables = tables(directions.get(i));
            double firstTable =
                    tables.stream().mapToDouble(PdfGrid::top).min().orElse(Float.MAX_VALUE);
            double lastTable = tables.stream().mapToDouble(PdfGrid::bottom).max().orElse(0);
            for (PdfRun run : directions.get(i)) {
                boolean above = run.y() < Math.min(from, firstTable);
                boolean below = run.y() > Math.max(to, lastTable);
                (above ? top : below ? bottom : text).add(run);
            }
            PdfColumns.of(text).forEach(column -> columns.add(PdfRow.of(column)));
        }
        return new PdfPage(number, PdfRow.of(top), columns, PdfRow.of(bottom));
    }

    private static List<PdfGrid> tables(List<PdfRun> runs) {
        return runs.stream().map(PdfRun::grid).filter(Objects::nonNull).toList();
    }

    static PdfPage ofOcr(int number, OcrText text) {
        return new PdfPage(number, List.of(), text.columns(), List.of());
    }
}
