/// How many answers one process streams at once, and how long a reader waits for the first word.
@NullMarked
package io.zhiwen.evaluate.streams;

import org.jspecify.annotations.NullMarked;
