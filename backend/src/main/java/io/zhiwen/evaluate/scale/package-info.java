/// Retrieval over corpora of a given size: made, loaded, searched and timed, each number beside the
/// command that gives it.
@NullMarked
package io.zhiwen.evaluate.scale;

import org.jspecify.annotations.NullMarked;
