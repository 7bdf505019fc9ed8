/// Here is a place outside, give me its documents in a base, and keep them as they are there: what
/// is new comes, what has changed is replaced, what is gone goes. [io.zhiwen.source.Sources] are
/// what managers set up, [io.zhiwen.source.SourceRuns] the readings of them and their reports; one
/// node at a time reads a source, killed at any moment another goes on.
@NullMarked
package io.zhiwen.source;

import org.jspecify.annotations.NullMarked;
