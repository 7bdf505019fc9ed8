package io.zhiwen.pages;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/// Numbers, sizes and moments as a language writes them. Scripts write moments anew in the reader's
/// own time zone.
final class Formats {

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};

    private final Locale locale;

    Formats(Locale locale) {
        this.locale = locale;
    }

    String number(long value) {
        return NumberFormat.getIntegerInstance(locale).format(value);
    }

    /// e.g. `3.4 MB`
    String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(unit > 1 && value < 100 ? 1 : 0);
        return format.format(value) + "\u00a0" + UNITS[unit];
    }

    String moment(Instant at) {
        return in(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT), at);
    }

    String day(Instant at) {
        return in(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM), at);
    }

    private String in(DateTimeFormatter format, Instant at) {
        return format.withLocale(locale).withZone(ZoneId.systemDefault()).format(at);
    }
}
