package io.zhiwen.account;

import java.time.Instant;

/// A browser that is signed in.
///
/// @param id names it and opens nothing: the hash of its cookie
public record OpenSession(String id, Instant begun, Instant seen) {}
