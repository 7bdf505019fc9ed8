package io.zhiwen.account;

/// A key just made.
///
/// @param secret what its holder sends as `Authorization: Bearer ...`; shown once
public record NewKey(ApiKeyRow row, String secret) {}
