package io.zhiwen.ingest.upload;

import java.nio.file.Path;

/// An uploaded file whose bytes are safely on disk.
///
/// @param name the name its uploader gave it; data only, never part of a path
/// @param sha256 of the bytes
/// @param bytes size, at least 1
/// @param path where the blob store keeps it; read only
public record SourceFile(String name, Sha256 sha256, long bytes, Path path) {}
