/// Here is a question or a sentence of an answer, say whether the operator of its base forbids it.
@NullMarked
package io.zhiwen.ask.forbid;

import org.jspecify.annotations.NullMarked;
