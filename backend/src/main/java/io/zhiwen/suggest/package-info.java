/// Here are a base's documents or an answer's sources, give me questions a person would ask next.
@NullMarked
package io.zhiwen.suggest;

import org.jspecify.annotations.NullMarked;
