package io.zhiwen.account;

import java.time.Duration;

/// What came of asking for one more request.
///
/// @param granted whether it may be made
/// @param limit so many in a minute
/// @param remaining of them, after this one
/// @param whole until all of them are there again
/// @param next until the next one may be made; zero where this one may
public record Allowance(
        boolean granted, int limit, long remaining, Duration whole, Duration next) {}
