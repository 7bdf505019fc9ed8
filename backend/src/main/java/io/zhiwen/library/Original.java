package io.zhiwen.library;

import io.zhiwen.ingest.upload.Sha256;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file as it was uploaded.
///
/// @param sha256 of its bytes
/// @param fileName as its uploader named it; data only
/// @param mediaType what the content is; `application/octet-stream` while that is unknown
/// @param inlineSafe whether a browser may show it: a PDF, a picture or plain
/// text that is what its name says
public record Original(
        Sha256 sha256, String fileName, String mediaType, boolean inlineSafe, long bytes) {

    private static final Set<String> SHOWN =
            Set.of(
                    "application/pdf",
                    "text/plain",
                    "image/png",
                    "image/jpeg",
                    "image/gif",
                    "image/webp");

    /// Nothing that a browser could run; and nothing that is not what its name says.
    static boolean isInlineSafe(@Nullable String mediaType, boolean mismatch) {
        return !mismatch && mediaType != null && SHOWN.contains(mediaType);
    }
}
