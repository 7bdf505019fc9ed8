/// Assistants: bases, instructions and first questions under one name.
@NullMarked
package io.zhiwen.assistant;

import org.jspecify.annotations.NullMarked;
