package io.zhiwen.account;

/// A link of the audit chain.
///
/// @param previous the hash of the link before, in hexadecimal; empty before the first
/// @param hash of this one
public record SealedRow(AuditRow row, String previous, String hash) {}
