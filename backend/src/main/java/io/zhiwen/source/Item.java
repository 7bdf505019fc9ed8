package io.zhiwen.source;

import io.zhiwen.ingest.upload.DocumentId;
import org.jspecify.annotations.Nullable;

/// A thing of a source as it was brought last.
///
/// @param document null when it was removed here
/// @param made whether a source made the document, and no person
record Item(
        String address,
        @Nullable DocumentId document,
        boolean made,
        String fingerprint,
        String sha256) {}
