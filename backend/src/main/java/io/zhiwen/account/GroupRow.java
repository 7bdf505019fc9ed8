package io.zhiwen.account;

import java.time.Instant;
import java.util.UUID;

/// A group as lists show it.
///
/// @param people in it by name
/// @param groups inside it
public record GroupRow(UUID id, String name, int people, int groups, Instant createdAt) {}
