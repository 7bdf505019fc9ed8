package io.zhiwen.pages;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.Collection;
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

    /// With all its decimals.
    String number(BigDecimal value) {
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(value.scale());
        return format.format(value);
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

    /// e.g. `45 ms`, `3.2 s`, `12 min`, `5 h`, `3 d`; rounded down to what matters.
    String duration(Duration time) {
        if (time.toMillis() < 1000) {
            return with(time.toMillis(), "ms", "毫秒");
        }
        if (time.toMillis() < 10_000) {
            var format = NumberFormat.getNumberInstance(locale);
            format.setMaximumFractionDigits(1);
            return unit(format.format(time.toMillis() / 1000.0), "s", "秒");
        }
        if (time.toSeconds() < 120) {
            return with(time.toSeconds(), "s", "秒");
        }
        if (time.toMinutes() < 120) {
            return with(time.toMinutes(), "min", "分钟");
        }
        return time.toHours() < 48
                ? with(time.toHours(), "h", "小时")
                : with(time.toDays(), "d", "天");
    }

    private String with(long value, String latin, String han) {
        return unit(number(value), latin, han);
    }

    private String unit(String value, String latin, String han) {
        return value + "\u00a0" + (locale.getLanguage().equals("zh") ? han : latin);
    }

    /// One after the other.
    String list(Collection<String> names) {
        return String.join(locale.getLanguage().equals("zh") ? "、" : ", ", names);
    }

    String moment(Instant at) {
        return in(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT), at);
    }

    String day(Instant at) {
        return in(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM), at);
    }

    /// A day that ISO wrote as this language writes it; any other text as it is.
    String dayOr(String text) {
        try {
            return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                    .withLocale(locale)
                    .format(LocalDate.parse(text));
        } catch (DateTimeParseException _) {
            return text;
        }
    }

    private String in(DateTimeFormatter format, Instant at) {
        return format.withLocale(locale).withZone(ZoneId.systemDefault()).format(at);
    }
}
