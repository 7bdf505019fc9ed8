/// Here are an answer and the passages really sent, give me citations that hold.
@NullMarked
package io.zhiwen.ask.cite;

import org.jspecify.annotations.NullMarked;
