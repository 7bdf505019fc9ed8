package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingColor;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingColorN;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingColorSpace;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingDeviceCMYKColor;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingDeviceGrayColor;
import org.apache.pdfbox.contentstream.operator.color.SetNonStrokingDeviceRGBColor;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/// Collects the characters of a page into runs.
final class PdfGlyphs extends PDFTextStripper {

    private static final int MOST_ON_A_PAGE = 500_000;

    private final Map<PDFont, Boolean> bold = new HashMap<>();
    private Map<Float, List<PdfRun>> byDirection = new HashMap<>();
    private Map<Float, PdfRun> current = new HashMap<>();
    private Set<Long> seen = new HashSet<>();
    private int shown;
    private int understood;
    private int hidden;
    private @Nullable PdfMarks marks;
    private @Nullable PdfVisibility visibility;
    private final Map<Float, Rules> rules = new HashMap<>();

    PdfGlyphs() {
        setStartPage(0); // pages are given one by one
        addOperator(new SetNonStrokingColorSpace(this));
        addOperator(new SetNonStrokingColor(this));
        addOperator(new SetNonStrokingColorN(this));
        addOperator(new SetNonStrokingDeviceGrayColor(this));
        addOperator(new SetNonStrokingDeviceRGBColor(this));
        addOperator(new SetNonStrokingDeviceCMYKColor(this));
    }

    /// The runs of each direction of writing, the one with most text first. No run reaches over an
    /// upright line.
    List<List<PdfRun>> runs(PDPage page, PdfMarks lines) throws IOException {
        marks = lines;
        visibility = new PdfVisibility(page.getCropBox(), lines);
        rules.clear();
        byDirection = new HashMap<>();
        current = new HashMap<>();
        seen = new HashSet<>();
        shown = 0;
        understood = 0;
        hidden = 0;
        processPage(page);
        List<List<PdfRun>> all = new ArrayList<>(byDirection.values());
        all.forEach(runs -> runs.removeIf(PdfRun::isBlank));
        all.removeIf(List::isEmpty);
        all.sort((a, b) -> Integer.compare(characters(b), characters(a)));
        return all;
    }

    /// The runs with those of ruled tables put together, a table in place of its runs.
    List<List<PdfRun>> placed(List<List<PdfRun>> directions) {
        List<List<PdfRun>> placed = new ArrayList<>();
        for (List<PdfRun> runs : directions) {
            placed.add(placed(runs, rules(direction(runs))));
        }
        return placed;
    }

    private float direction(List<PdfRun> runs) {
        return byDirection.entrySet().stream()
                .filter(entry -> entry.getValue().equals(runs))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0f);
    }

    /// The runs with a ruled table in place of those in its frame.
    static List<PdfRun> placed(List<PdfRun> runs, Rules lines) {
        List<PdfRun> left = new ArrayList<>(runs);
        for (PdfLattice frame : PdfLattice.of(lines)) {
            List<PdfRun> inside = left.stream().filter(frame::holds).toList();
            List<PdfGrid> tables = inside.size() < 2 ? List.of() : PdfGrid.of(frame, inside);
            if (!tables.isEmpty()) {
                left.removeAll(inside);
                tables.forEach(table -> left.add(PdfRun.of(table)));
            }
        }
        return left;
    }

    /// How many characters of the page stand for nothing.
    int meaningless() {
        return Math.max(0, shown - understood);
    }

    /// How many characters of the page nobody sees; they are left out.
    int hidden() {
        return hidden;
    }

    @Override
    protected void showGlyph(Matrix place, PDFont font, int code, Vector moved) throws IOException {
        PdfVisibility seeing = visibility;
        if (seeing == null || seeing.shows(place, font, getGraphicsState())) {
            shown++;
            super.showGlyph(place, font, code, moved);
        } else if (!isBlank(font.toUnicode(code))) {
            hidden++;
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text != null && text.isBlank();
    }

    private static int characters(List<PdfRun> runs) {
        return runs.stream().mapToInt(PdfRun::characters).sum();
    }

    @Override
    protected void writePage() {
        // nothing is written: the characters are all that is wanted
    }

    @Override
    protected void processTextPosition(TextPosition glyph) {
        understood++;
        String letters = glyph.getUnicode();
        if (letters == null || letters.isEmpty() || isShadow(glyph, letters)) {
            return;
        }
        String text = Symbols.plain(letters);
        if (seen.size() > MOST_ON_A_PAGE) {
            throw new Refused(Reason.TOO_LARGE, "too much on one page");
        }
        float direction = glyph.getDir();
        float x = glyph.getXDirAdj();
        float y = glyph.getYDirAdj();
        float width = glyph.getWidthDirAdj();
        float size = Math.max(1, Math.min(glyph.getFontSizeInPt(), glyph.getHeightDir() * 2.5f));
        PdfRun run = current.get(direction);
        if (run == null
                || !follows(run, x, y, size)
                || rules(direction).part(run.right() - 1, x + 1, y - size / 3)) {
            run = new PdfRun(x, y, size);
            current.put(direction, run);
            byDirection.computeIfAbsent(direction, _ -> new ArrayList<>()).add(run);
        }
        run.add(text, x, width, size, bold.computeIfAbsent(glyph.getFont(), PdfGlyphs::isBold));
    }

    private Rules rules(float direction) {
        PdfMarks lines = marks;
        return lines == null ? Rules.NONE : rules.computeIfAbsent(direction, lines::rules);
    }

    private static boolean follows(PdfRun run, float x, float y, float size) {
        float gap = x - run.right();
        float larger = Math.max(run.size(), size);
        boolean near = gap > -0.5f * larger && gap < 0.9f * larger;
        float drop = Math.abs(y - run.y());
        return near && (drop < 0.15f * larger || (drop < 0.5f * larger && gap < 0.3f * larger));
    }

    /// The same character in the same place again makes it look bold.
    private boolean isShadow(TextPosition glyph, String text) {
        if (text.isBlank()) {
            return false;
        }
        // finer than a letter is wide, so that the second l of hello is none
        float step = Math.max(0.1f, Math.min(1, 0.25f * glyph.getWidthDirAdj()));
        long x = Math.round(glyph.getXDirAdj() / step);
        long y = Math.round(glyph.getYDirAdj() / step);
        boolean shadow = false;
        for (int dx = -1; dx <= 1; dx++) {
            for (int dy = -1; dy <= 1; dy++) {
                shadow |= seen.contains(place(text, x + dx, y + dy));
            }
        }
        seen.add(place(text, x, y));
        return shadow;
    }

    private static long place(String text, long x, long y) {
        return ((long) text.hashCode() << 32) ^ ((x & 0xFFFF) << 16) ^ (y & 0xFFFF);
    }

    private static boolean isBold(PDFont font) {
        String name = font.getName() == null ? "" : font.getName().toLowerCase(Locale.ROOT);
        return name.contains("bold")
                || name.contains("black")
                || name.contains("heavy")
                || name.contains("simhei")
                || name.contains("黑体");
    }
}
