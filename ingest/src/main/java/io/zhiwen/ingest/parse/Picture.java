package io.zhiwen.ingest.parse;

import org.jspecify.annotations.Nullable;

/// A picture of a document that a vision model is to look at.
///
/// @param use what for
/// @param page where it stands, or which page it is; null where there are none
/// @param mark stands in the text where a figure belongs; no document can know it
/// @param jpeg the picture
public record Picture(Use use, @Nullable Integer page, String mark, byte[] jpeg) {

    /// What a vision model does with pictures.
    public enum Use {
        /// Reads a page that is a picture.
        PAGES,
        /// Describes a figure.
        FIGURES
    }
}
