package io.zhiwen.ingest.embed;

/// Vectors of one space compare with each other and with no other.
///
/// @param model name, e.g. `bge-small-zh-v1.5-int8`
/// @param sha256 of the model file; the same name with another file is another space
public record EmbeddingSpace(String model, String sha256, int dimension) {}
