package io.zhiwen.ingest.parse.worker;

import java.math.BigDecimal;
import java.math.MathContext;

/// Shows a cell's number as its sheet does, and in full where the sheet hides digits.
final class Numbers {

    /// What a spreadsheet's numbers are exact to.
    private static final MathContext EXACT = new MathContext(15);

    private Numbers() {}

    /// @param shown by the cell's format
    /// @param value the number itself
    static String inFull(String shown, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return shown;
        }
        BigDecimal exact = new BigDecimal(value).round(EXACT).stripTrailingZeros();
        BigDecimal read = read(shown);
        if (read == null) {
            return shown;
        }
        boolean percent = shown.indexOf('%') >= 0;
        BigDecimal said = percent ? read.movePointLeft(2) : read;
        boolean same =
                said.abs().compareTo(exact.abs()) == 0
                        || said.abs().subtract(exact.abs()).abs().doubleValue()
                                <= 1e-13 * Math.abs(value);
        if (same) {
            return shown;
        }
        String full =
                percent ? exact.movePointRight(2).toPlainString() + "%" : exact.toPlainString();
        boolean general = shown.indexOf(',') < 0 && shown.indexOf('E') < 0 && !percent;
        boolean sameStart =
                general && full.startsWith(shown.substring(0, Math.max(0, shown.length() - 1)));
        return sameStart && shown.indexOf('.') >= 0 ? full : shown + " (" + full + ")";
    }

    /// The number that a text shows, or null when it shows something else, as a date does.
    private static @org.jspecify.annotations.Nullable BigDecimal read(String shown) {
        String digits = shown.replaceAll("[,\\s%¥$€£￥元()（）_*+-]", "");
        boolean number = digits.matches("\\d*\\.?\\d+([Ee]\\d+)?");
        if (!number || shown.matches(".*\\d-\\d.*")) {
            return null;
        }
        String exponent =
                shown.matches(".*[Ee]-\\d+.*") ? digits.replaceFirst("[Ee]", "E-") : digits;
        return new BigDecimal(exponent);
    }
}
