package io.zhiwen.ingest.parse.worker;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.util.Matrix;

/// What a page shows besides text: straight lines, what is painted in colour, and how much of it
/// pictures cover.
final class PdfMarks extends PDFGraphicsStreamEngine {

    /// A filled strip not wider than this, in points, is a line.
    private static final float THIN = 3;

    private static final float SHORTEST = 4;
    private static final int MOST_LINES = 20_000;

    /// Into how many pictures a scanned page may be cut.
    private static final int MOST_STRIPS = 200;

    /// Decoding more pixels than these would fill the memory; an A4 page of 600 dpi has 35 million.
    private static final long MANY_PIXELS = 40_000_000;
    private static final long MOST_PIXELS = 150_000_000;

    private record Piece(float x1, float y1, float x2, float y2) {}

    private final List<Piece> path = new ArrayList<>();
    private final List<Piece> lines = new ArrayList<>();
    private final List<Rectangle2D> painted = new ArrayList<>();
    private final PDRectangle box;
    private float startX;
    private float startY;
    private float x;
    private float y;
    private double pictures;
    private double density;
    private long largest;

    private PdfMarks(PDPage page) {
        super(page);
        this.box = page.getCropBox();
    }

    static PdfMarks of(PDPage page) throws IOException {
        PdfMarks marks = new PdfMarks(page);
        marks.processPage(page);
        return marks;
    }

    /// The share of the page that pictures cover, at most 1.
    double pictures() {
        return Math.min(1, pictures / Math.max(1, box.getWidth() * box.getHeight()));
    }

    /// Pixels a square point in the finest of its larger pictures.
    double density() {
        return density;
    }

    /// Whether something not white may lie under this point, in the page's own units.
    boolean isPaintedAt(float atX, float atY) {
        return painted.stream().anyMatch(area -> area.contains(atX, atY));
    }

    /// Whether a picture can be decoded only by leaving pixels out, which costs legibility.
    boolean isLarge() {
        return largest > MANY_PIXELS;
    }

    /// Whether a picture is too large to be decoded.
    boolean isTooLarge() {
        return largest > MOST_PIXELS;
    }

    /// The upright and level lines, as text in this direction of writing sees them.
    Rules rules(float direction) {
        List<Rules.Rule> level = new ArrayList<>();
        List<Rules.Rule> upright = new ArrayList<>();
        for (Piece line : lines) {
            Piece seen = turned(line, direction);
            float width = Math.abs(seen.x2 - seen.x1);
            float height = Math.abs(seen.y2 - seen.y1);
            float left = Math.min(seen.x1, seen.x2);
            float top = Math.min(seen.y1, seen.y2);
            if (height <= THIN && width >= SHORTEST && width > height) {
                level.add(new Rules.Rule(top + height / 2, left, left + width));
            } else if (width <= THIN && height >= SHORTEST) {
                upright.add(new Rules.Rule(left + width / 2, top, top + height));
            }
        }
        return Rules.of(level, upright);
    }

    private Piece turned(Piece p, float direction) {
        float w = box.getWidth();
        float h = box.getHeight();
        return switch ((int) direction) {
            case 90 -> new Piece(p.y1, p.x1, p.y2, p.x2);
            case 180 -> new Piece(w - p.x1, p.y1, w - p.x2, p.y2);
            case 270 -> new Piece(h - p.y1, w - p.x1, h - p.y2, w - p.x2);
            default -> new Piece(p.x1, h - p.y1, p.x2, h - p.y2);
        };
    }

    @Override
    public void appendRectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
        moveTo((float) p0.getX(), (float) p0.getY());
        lineTo((float) p1.getX(), (float) p1.getY());
        lineTo((float) p2.getX(), (float) p2.getY());
        lineTo((float) p3.getX(), (float) p3.getY());
        closePath();
    }

    @Override
    public void moveTo(float toX, float toY) {
        startX = toX;
        startY = toY;
        x = toX;
        y = toY;
    }

    @Override
    public void lineTo(float toX, float toY) {
        if (path.size() < MOST_LINES) {
            float left = box.getLowerLeftX();
            float bottom = box.getLowerLeftY();
            path.add(new Piece(x - left, y - bottom, toX - left, toY - bottom));
        }
        x = toX;
        y = toY;
    }

    @Override
    public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
        x = x3;
        y = y3;
    }

    @Override
    public Point2D getCurrentPoint() {
        return new Point2D.Float(x, y);
    }

    @Override
    public void closePath() {
        lineTo(startX, startY);
    }

    @Override
    public void endPath() {
        path.clear();
    }

    @Override
    public void strokePath() {
        Rectangle2D area = path.isEmpty() ? new Rectangle2D.Float() : extent();
        double width = transformWidth(getGraphicsState().getLineWidth());
        if (width > THIN) {
            // a thick line is a bar that text may stand on
            area.setRect(
                    area.getX() - width / 2,
                    area.getY() - width / 2,
                    area.getWidth() + width,
                    area.getHeight() + width);
            paint(area);
        }
        keep(path);
        path.clear();
    }

    /// A thin strip is drawn as its own middle; what is larger is a background.
    @Override
    public void fillPath(int windingRule) {
        if (path.isEmpty()) {
            return;
        }
        Rectangle2D area = extent();
        if (Math.min(area.getWidth(), area.getHeight()) <= THIN) {
            boolean level = area.getWidth() > area.getHeight();
            float middleX = (float) area.getCenterX();
            float middleY = (float) area.getCenterY();
            keep(
                    List.of(
                            level
                                    ? new Piece(
                                            (float) area.getMinX(),
                                            middleY,
                                            (float) area.getMaxX(),
                                            middleY)
                                    : new Piece(
                                            middleX,
                                            (float) area.getMinY(),
                                            middleX,
                                            (float) area.getMaxY())));
        } else if (!PdfVisibility.isWhiteOrNearly(getGraphicsState().getNonStrokingColor())) {
            paint(area);
        }
        path.clear();
    }

    @Override
    public void fillAndStrokePath(int windingRule) {
        if (!path.isEmpty()
                && !PdfVisibility.isWhiteOrNearly(getGraphicsState().getNonStrokingColor())) {
            paint(extent());
        }
        strokePath();
    }

    private Rectangle2D extent() {
        Rectangle2D extent = new Rectangle2D.Float(path.getFirst().x1, path.getFirst().y1, 0, 0);
        for (Piece piece : path) {
            extent.add(piece.x1, piece.y1);
            extent.add(piece.x2, piece.y2);
        }
        return extent;
    }

    /// @param area from the lower left corner of the page's box
    private void paint(Rectangle2D area) {
        if (painted.size() < MOST_LINES) {
            painted.add(
                    new Rectangle2D.Double(
                            area.getX() + box.getLowerLeftX(),
                            area.getY() + box.getLowerLeftY(),
                            area.getWidth(),
                            area.getHeight()));
        }
    }

    private void paintEverywhere() {
        painted.add(
                new Rectangle2D.Double(
                        box.getLowerLeftX() - 1,
                        box.getLowerLeftY() - 1,
                        box.getWidth() + 2,
                        box.getHeight() + 2));
    }

    private void keep(List<Piece> pieces) {
        if (lines.size() + pieces.size() <= MOST_LINES) {
            lines.addAll(pieces);
        }
    }

    @Override
    public void drawImage(PDImage image) {
        Matrix place = getGraphicsState().getCurrentTransformationMatrix();
        double covered =
                Math.abs(
                        (double) place.getScaleX() * place.getScaleY()
                                - (double) place.getShearX() * place.getShearY());
        pictures += covered;
        if (covered * MOST_STRIPS > (double) box.getWidth() * box.getHeight()) {
            double pixels = (double) image.getWidth() * image.getHeight();
            density = Math.max(density, pixels / covered);
        }
        largest = Math.max(largest, (long) image.getWidth() * image.getHeight());
        if (painted.size() < MOST_LINES) {
            var corners = new Rectangle2D.Double(0, 0, 1, 1);
            painted.add(
                    place.createAffineTransform().createTransformedShape(corners).getBounds2D());
        }
    }

    @Override
    public void clip(int windingRule) {
        // what is cut off is hardly a line of a table
    }

    @Override
    public void shadingFill(COSName name) {
        // no line; how far it reaches depends on what is clipped
        paintEverywhere();
    }

    @Override
    public void showTextString(byte[] text) {
        // text is another's
    }

    @Override
    public void showTextStrings(COSArray array) {
        // text is another's
    }
}
