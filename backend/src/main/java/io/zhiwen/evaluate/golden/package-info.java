/// Here are questions whose answers are known, keep them, ask them, and say how well they are
/// found.
@NullMarked
package io.zhiwen.evaluate.golden;

import org.jspecify.annotations.NullMarked;
