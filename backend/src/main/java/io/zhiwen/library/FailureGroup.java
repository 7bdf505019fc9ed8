package io.zhiwen.library;

/// Documents of one base that failed for one reason.
///
/// @param reason an `UnreadableDocument.Reason`, `CANCELLED`, `INTERNAL` or `ORIGINAL_DAMAGED`
/// @param documents how many
/// @param retriable how many of them another try may help
public record FailureGroup(String reason, int documents, int retriable) {}
