package io.zhiwen.library;

import io.zhiwen.ingest.upload.Sha256;

/// A file as it was uploaded.
///
/// @param sha256 of its bytes
/// @param fileName as its uploader named it; data only
/// @param mediaType what the content is; `application/octet-stream` while that is unknown
/// @param inlineSafe whether a browser may show it: a PDF or plain text that is what its name says
public record Original(
        Sha256 sha256, String fileName, String mediaType, boolean inlineSafe, long bytes) {}
