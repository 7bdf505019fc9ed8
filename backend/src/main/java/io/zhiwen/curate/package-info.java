/// Here is what people know and documents do not say well: answers they approved, and the questions
/// that still need one.
@NullMarked
package io.zhiwen.curate;

import org.jspecify.annotations.NullMarked;
