package io.zhiwen.ingest.parse;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A picture of a document that its readers are shown where it stands.
///
/// @param after how many blocks of the document stand before it
/// @param page of slides, from 1
/// @param alt what its file says it shows, a stranger's words; may be empty
/// @param mediaType `image/png` or `image/jpeg`
/// @param width in pixels, as it is kept
public record Figure(
        int after, @Nullable Integer page, String alt, String mediaType, int width, int height) {

    /// Of one document at most.
    public static final int MOST = 100;

    /// Bytes of one at most.
    public static final int LARGEST = 2 << 20;

    private static final int LONGEST_ALT = 1000;

    public Figure {
        Objects.requireNonNull(alt, "alt");
        if (after < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(width + " x " + height + " after " + after);
        }
        if (!mediaType.equals("image/png") && !mediaType.equals("image/jpeg")) {
            throw new IllegalArgumentException("a figure is no " + mediaType);
        }
        if (alt.length() > LONGEST_ALT) {
            boolean halved = Character.isHighSurrogate(alt.charAt(LONGEST_ALT - 1));
            alt = alt.substring(0, halved ? LONGEST_ALT - 1 : LONGEST_ALT);
        }
    }

    /// The same behind another number of blocks.
    public Figure after(int blocks) {
        return new Figure(blocks, page, alt, mediaType, width, height);
    }
}
