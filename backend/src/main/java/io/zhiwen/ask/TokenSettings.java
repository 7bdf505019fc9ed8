package io.zhiwen.ask;

/// @param perDay tokens a person or an API key may use of chat models on one day (UTC), read and
/// written together; past them the passages answer. 0 for no limit
public record TokenSettings(long perDay) {}
