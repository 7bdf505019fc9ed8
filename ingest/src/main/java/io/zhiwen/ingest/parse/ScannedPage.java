package io.zhiwen.ingest.parse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/// Where OCR saw text on a page that is a picture.
///
/// @param page from 1
/// @param lines as they were read
public record ScannedPage(int page, List<Line> lines) {

    /// A line of a page and its box, in ten-thousandths of the page as it is shown, from the upper
    /// left.
    public record Line(@JsonProperty("str") String text, int left, int top, int right, int bottom) {

        public Line {
            Objects.requireNonNull(text, "text");
        }

        private static final int WHOLE = 10_000;

        /// @param left and the other edges as parts of the page, 0 to 1
        public static Line of(String text, double left, double top, double right, double bottom) {
            return new Line(text, of(left), of(top), of(right), of(bottom));
        }

        private static int of(double part) {
            return (int) Math.round(Math.clamp(part, 0, 1) * WHOLE);
        }

        /// Where it is when the page is turned clockwise by a multiple of 90 degrees.
        public Line turned(int degrees) {
            return switch (Math.floorMod(degrees, 360)) {
                case 90 -> new Line(text, WHOLE - bottom, left, WHOLE - top, right);
                case 180 ->
                        new Line(text, WHOLE - right, WHOLE - bottom, WHOLE - left, WHOLE - top);
                case 270 -> new Line(text, top, WHOLE - right, bottom, WHOLE - left);
                default -> this;
            };
        }
    }

    public ScannedPage {
        lines = List.copyOf(lines);
    }
}
