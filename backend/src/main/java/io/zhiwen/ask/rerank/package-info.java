/// Here is a ranking, give me a shorter and better one with a relevance that means something.
@NullMarked
package io.zhiwen.ask.rerank;

import org.jspecify.annotations.NullMarked;
