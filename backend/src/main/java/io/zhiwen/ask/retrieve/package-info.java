/// Here is a question, give me one ranking for each leg: words, and vectors of each space.
@NullMarked
package io.zhiwen.ask.retrieve;

import org.jspecify.annotations.NullMarked;
