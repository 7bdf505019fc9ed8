package io.zhiwen.node;

import java.time.Duration;

/// Regular tidying that one node does for all.
///
/// @param name unlike that of any other
/// @param work may be done twice, and is done again later when it throws
public record Chore(String name, Duration every, Runnable work) {}
