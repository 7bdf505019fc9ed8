/// Here is a question of someone, give them an answer they can check: the stages below, called in
/// order.
@NullMarked
package io.zhiwen.ask;

import org.jspecify.annotations.NullMarked;
