/// Here is a named way to retrieve, keep it, and answer by it from now on, on every node.
@NullMarked
package io.zhiwen.evaluate.profile;

import org.jspecify.annotations.NullMarked;
