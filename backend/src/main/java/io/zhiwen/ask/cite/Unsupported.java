package io.zhiwen.ask.cite;

/// A sentence of an answer that the passages do not bear out.
///
/// @param sentence without its marks
public record Unsupported(String sentence, Verdict why) {}
