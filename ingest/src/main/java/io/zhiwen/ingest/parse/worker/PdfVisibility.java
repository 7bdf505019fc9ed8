package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/// Tells whether who looks at a page sees a character: text off the page, too small to be seen,
/// transparent, without paint or white on white speaks to machines alone. Where it cannot be sure,
/// the character counts as seen. For one page.
final class PdfVisibility {

    /// In points; legal small print has four.
    private static final float SMALLEST = 1.5f;

    private static final float WHITE = 0.97f;
    private static final double TRANSPARENT = 0.05;

    /// Where pictures cover this share of a page, text without paint is what OCR read in them.
    private static final double SCANNED = 0.3;

    private final PDRectangle box;
    private final PdfMarks marks;
    private @Nullable PDColor color;
    private boolean white;

    PdfVisibility(PDRectangle box, PdfMarks marks) {
        this.box = box;
        this.marks = marks;
    }

    /// @param place of the character, in the page's own units
    boolean shows(Matrix place, PDFont font, PDGraphicsState state) {
        float x = place.getTranslateX();
        float y = place.getTranslateY();
        return isOnPage(x, y)
                && !isTiny(place, font)
                && state.getNonStrokeAlphaConstant() >= TRANSPARENT
                && isPainted(state, x, y);
    }

    private boolean isOnPage(float x, float y) {
        return x >= box.getLowerLeftX() - 1
                && x <= box.getUpperRightX() + 1
                && y >= box.getLowerLeftY() - 1
                && y <= box.getUpperRightY() + 1;
    }

    /// A font that draws its own shapes may have them in any unit.
    private static boolean isTiny(Matrix place, PDFont font) {
        return !(font instanceof PDType3Font)
                && Math.hypot(place.getShearX(), place.getScaleY()) <= SMALLEST;
    }

    private boolean isPainted(PDGraphicsState state, float x, float y) {
        RenderingMode mode = state.getTextState().getRenderingMode();
        if (mode.isFill() && !mode.isStroke()) {
            return !isWhite(state.getNonStrokingColor()) || marks.isPaintedAt(x, y);
        }
        return mode.isFill() || mode.isStroke() || marks.pictures() >= SCANNED;
    }

    private boolean isWhite(PDColor now) {
        if (now != color) {
            color = now;
            white = isWhiteOrNearly(now);
        }
        return white;
    }

    static boolean isWhiteOrNearly(PDColor color) {
        if (color.isPattern() || color.getColorSpace() == null) {
            return false;
        }
        try {
            float[] rgb = color.getColorSpace().toRGB(color.getComponents());
            for (float part : rgb) {
                if (part < WHITE) {
                    return false;
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false; // a broken colour is some colour
        }
    }
}
