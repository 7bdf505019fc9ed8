package io.zhiwen.account;

import java.util.UUID;

/// A person or a group, to choose from.
public record Named(UUID id, String name) {}
