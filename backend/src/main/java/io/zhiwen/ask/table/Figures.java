package io.zhiwen.ask.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/// Writes numbers with their unit, and cells so that they stay one cell of a Markdown table.
final class Figures {

    private static final String SIGNS_IN_FRONT = "¥$€£";
    private static final int PLACES = 10;
    private static final int PLACES_OF_AVERAGE = 4;

    private Figures() {}

    static String plain(BigDecimal value) {
        var format = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setMaximumFractionDigits(PLACES);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value);
    }

    /// With its unit; a sign of money stands in front.
    static String of(BigDecimal value, String unit) {
        if (unit.isEmpty()) {
            return plain(value);
        }
        if (unit.length() == 1 && SIGNS_IN_FRONT.contains(unit)) {
            return value.signum() < 0 ? "-" + unit + plain(value.negate()) : unit + plain(value);
        }
        return unit.equals("%") ? plain(value) + unit : plain(value) + " " + unit;
    }

    static String average(BigDecimal value, String unit) {
        return of(value.setScale(PLACES_OF_AVERAGE, RoundingMode.HALF_UP), unit);
    }

    /// A cell's own words, and nothing that Markdown reads.
    static String inline(String cell) {
        return cell.replaceAll("([\\\\`*_\\[\\]<>|#~$!])", "\\\\$1").replaceAll("\\s+", " ");
    }
}
