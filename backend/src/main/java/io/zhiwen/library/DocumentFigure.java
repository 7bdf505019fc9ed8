package io.zhiwen.library;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.Sha256;
import org.jspecify.annotations.Nullable;

/// A figure of the version of a document that readers find.
///
/// @param n from 1, in the order of the document
/// @param place it stands behind so many characters of the version's text
/// @param page of slides
/// @param sha256 of its pixels' file
/// @param mediaType `image/png` or `image/jpeg`
/// @param width in pixels
/// @param alt what it shows in words, a stranger's; may be empty
public record DocumentFigure(
        DocumentId document,
        int version,
        int n,
        int place,
        @Nullable Integer page,
        Sha256 sha256,
        String mediaType,
        int width,
        int height,
        String alt) {}
