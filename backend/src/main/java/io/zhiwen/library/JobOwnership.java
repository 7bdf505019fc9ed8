package io.zhiwen.library;

/// Who works on the queue.
///
/// @param alone whether this process is known to be the only one, so that whatever is taken at its
/// start was taken by a dead one
public record JobOwnership(boolean alone) {}
