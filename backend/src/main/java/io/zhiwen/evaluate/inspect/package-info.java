/// Here is one question, show me all that its answer would be made from, and what was dropped
/// where.
@NullMarked
package io.zhiwen.evaluate.inspect;

import org.jspecify.annotations.NullMarked;
