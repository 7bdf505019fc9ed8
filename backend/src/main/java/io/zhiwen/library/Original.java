package io.zhiwen.library;

import java.nio.file.Path;

/// A file as it was uploaded.
///
/// @param path of its bytes; read only
/// @param fileName as its uploader named it; data only
/// @param mediaType what the content is; `application/octet-stream` while that is unknown
/// @param inlineSafe whether a browser may show it: a PDF or plain text that is what its name says
public record Original(
        Path path, String fileName, String mediaType, boolean inlineSafe, long bytes) {}
