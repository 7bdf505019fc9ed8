package io.zhiwen.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/// What a setting may be, and how it is written.
public sealed interface Kind {

    /// As it is kept, or a refusal. What it gave once it takes and gives again.
    ///
    /// @param given without white space around it
    /// @throws SettingRefused when it is not one of these
    String read(String given);

    /// What it is, in one word.
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /// Between what or up to what; the words of a choice.
    List<Object> limits();

    /// What the environment says, as it is kept.
    ///
    /// @throws SettingRefused when it is not one of these
    default String readOfEnvironment(String given) {
        return read(given);
    }

    /// As an audit row says it.
    default String told(String value) {
        return value;
    }

    /// A whole number.
    record Count(long least, long most) implements Kind {

        private static final Pattern DIGITS = Pattern.compile("\\d{1,12}");

        @Override
        public List<Object> limits() {
            return List.of(least, most);
        }

        @Override
        public String read(String given) {
            if (!DIGITS.matcher(given).matches()) {
                throw SettingRefused.by(this);
            }
            long number = Long.parseLong(given);
            if (number < least || number > most) {
                throw SettingRefused.by(this);
            }
            return Long.toString(number);
        }
    }

    /// An amount of bytes, as `200MB`. The environment may say more than a page may: whoever starts
    /// the process knows the machine.
    record Size(DataSize least, DataSize most) implements Kind {

        private static final List<String> UNITS = List.of("B", "KB", "MB", "GB");

        @Override
        public List<Object> limits() {
            return List.of(words(least), words(most));
        }

        @Override
        public String read(String given) {
            DataSize size = parsed(given);
            if (size == null || size.compareTo(least) < 0 || size.compareTo(most) > 0) {
                throw SettingRefused.by(this);
            }
            return words(size);
        }

        @Override
        public String readOfEnvironment(String given) {
            return new Size(least, DataSize.ofBytes(Long.MAX_VALUE)).read(given);
        }

        private static @Nullable DataSize parsed(String given) {
            try {
                return DataSize.parse(given.toUpperCase(Locale.ROOT).replace(" ", ""));
            } catch (IllegalArgumentException | ArithmeticException _) {
                return null;
            }
        }

        static String words(DataSize size) {
            long bytes = size.toBytes();
            for (int unit = UNITS.size() - 1; unit > 0; unit--) {
                long one = 1L << (10 * unit);
                if (bytes >= one && bytes % one == 0) {
                    return bytes / one + UNITS.get(unit);
                }
            }
            return bytes + "B";
        }
    }

    /// A stretch of time, as `7d`, `2h`, `30m` or `45s`.
    record Time(Duration least, Duration most) implements Kind {

        private record Unit(String name, long millis) {}

        private static final List<Unit> UNITS =
                List.of(
                        new Unit("d", Duration.ofDays(1).toMillis()),
                        new Unit("h", Duration.ofHours(1).toMillis()),
                        new Unit("m", Duration.ofMinutes(1).toMillis()),
                        new Unit("s", Duration.ofSeconds(1).toMillis()));

        @Override
        public List<Object> limits() {
            return List.of(words(least), words(most));
        }

        @Override
        public String read(String given) {
            Duration time = parsed(given.replace(" ", ""));
            if (time == null || time.compareTo(least) < 0 || time.compareTo(most) > 0) {
                throw SettingRefused.by(this);
            }
            return words(time);
        }

        private static @Nullable Duration parsed(String given) {
            try {
                return DurationStyle.detectAndParse(given);
            } catch (IllegalArgumentException | ArithmeticException _) {
                return null;
            }
        }

        static String words(Duration time) {
            long millis = time.toMillis();
            if (millis == 0) {
                return "0s";
            }
            return UNITS.stream()
                    .filter(unit -> millis % unit.millis() == 0)
                    .findFirst()
                    .map(unit -> millis / unit.millis() + unit.name())
                    .orElseGet(() -> millis + "ms");
        }
    }

    /// A line of text, perhaps empty.
    record Text(int longest) implements Kind {

        @Override
        public List<Object> limits() {
            return List.of(longest);
        }

        @Override
        public String read(String given) {
            String line = given.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
            if (line.length() > longest) {
                throw SettingRefused.by(this);
            }
            return line;
        }
    }

    /// One of some words.
    record Choice(List<String> words) implements Kind {

        @Override
        public List<Object> limits() {
            return List.copyOf(words);
        }

        @Override
        public String read(String given) {
            if (!words.contains(given)) {
                throw SettingRefused.by(this);
            }
            return given;
        }
    }

    /// A colour as `#0b5a9c`, dark enough that white on it can be read (4.5 to 1, WCAG 2.2, 1.4.3);
    /// empty for the product's own.
    record Colour() implements Kind {

        private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");
        private static final double LEAST_CONTRAST = 4.5;

        @Override
        public List<Object> limits() {
            return List.of();
        }

        @Override
        public String read(String given) {
            String colour = given.toLowerCase(Locale.ROOT);
            if (colour.isEmpty()) {
                return colour;
            }
            if (!HEX.matcher(colour).matches()) {
                throw SettingRefused.by(this);
            }
            if (contrastToWhite(colour) < LEAST_CONTRAST) {
                throw SettingRefused.byItsContrast();
            }
            return colour;
        }

        private static double contrastToWhite(String colour) {
            double luminance =
                    0.2126 * linear(colour, 1)
                            + 0.7152 * linear(colour, 3)
                            + 0.0722 * linear(colour, 5);
            return 1.05 / (luminance + 0.05);
        }

        private static double linear(String colour, int at) {
            double part = Integer.parseInt(colour, at, at + 2, 16) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }
    }

    /// A picture as a data URI; empty for none.
    record Image(DataSize most) implements Kind {

        @Override
        public List<Object> limits() {
            return List.of(Size.words(most));
        }

        @Override
        public String read(String given) {
            return given.isEmpty() ? given : picture(given).dataUri();
        }

        @Override
        public String told(String value) {
            return Picture.of(value).map(Picture::toString).orElse("");
        }

        private Picture picture(String given) {
            return Picture.of(given)
                    .filter(picture -> picture.size() <= most.toBytes())
                    .orElseThrow(() -> SettingRefused.by(this));
        }
    }
}
