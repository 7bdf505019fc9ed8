/// Here are questions with known answers, give me figures that say how well they are found.
@NullMarked
package io.zhiwen.evaluate;

import org.jspecify.annotations.NullMarked;
