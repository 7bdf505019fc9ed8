package io.zhiwen.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that was done.
///
/// @param detail JSON
/// @param link its place in the chain; null until it is sealed
public record AuditRow(
        long id,
        Instant at,
        String actor,
        String action,
        String object,
        String detail,
        @Nullable Long link) {}
