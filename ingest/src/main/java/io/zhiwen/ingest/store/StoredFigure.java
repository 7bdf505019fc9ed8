package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.Sha256;
import org.jspecify.annotations.Nullable;

/// A figure of a version as it is kept.
///
/// @param n from 1, in the order of the document
/// @param place it stands behind so many characters of the clean text
/// @param page of slides
/// @param sha256 of its pixels' file in the blob store
/// @param mediaType `image/png` or `image/jpeg`
/// @param width in pixels
/// @param alt what it shows in words; may be empty
public record StoredFigure(
        int n,
        int place,
        @Nullable Integer page,
        Sha256 sha256,
        String mediaType,
        int width,
        int height,
        String alt) {

    /// The same with other words.
    public StoredFigure with(String words) {
        return new StoredFigure(n, place, page, sha256, mediaType, width, height, words);
    }
}
