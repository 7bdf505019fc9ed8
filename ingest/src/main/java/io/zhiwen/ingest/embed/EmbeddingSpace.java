package io.zhiwen.ingest.embed;

/// Vectors of one space compare with each other and with no other.
///
/// @param model name, e.g. `bge-small-zh-v1.5-int8`
/// @param sha256 of the model file, or of how a server is asked; the same name with another is
/// another
/// space
public record EmbeddingSpace(String model, String sha256, int dimension) {}
