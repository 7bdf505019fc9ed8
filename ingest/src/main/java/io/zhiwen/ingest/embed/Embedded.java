package io.zhiwen.ingest.embed;

/// What one reading of a text gives.
///
/// @param vector of the whole text, a unit vector
/// @param tokens of each of its tokens
public record Embedded(float[] vector, TokenVectors tokens) {}
