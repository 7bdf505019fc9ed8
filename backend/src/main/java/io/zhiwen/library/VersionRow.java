package io.zhiwen.library;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version of a document.
///
/// @param live whether it is the one that is found
/// @param readable whether its text is there, to be read and compared
public record VersionRow(
        int version,
        String fileName,
        long bytes,
        Status status,
        boolean live,
        boolean readable,
        @Nullable Integer pages,
        @Nullable Integer chunks,
        String uploadedBy,
        Instant uploadedAt) {}
