package io.zhiwen.account;

import java.time.Instant;

/// A grant on a base.
///
/// @param name of the person or the group; empty for everyone
public record GrantRow(Grantee to, String name, BaseRole role, Instant at) {}
