package io.zhiwen.account;

import java.time.Duration;

/// @param idle how long a session is good for without a request
public record SessionSettings(Duration idle) {}
