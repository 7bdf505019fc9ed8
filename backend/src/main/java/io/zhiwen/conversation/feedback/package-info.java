/// Here is what readers think of answers, keep it for whoever makes them better.
@NullMarked
package io.zhiwen.conversation.feedback;

import org.jspecify.annotations.NullMarked;
