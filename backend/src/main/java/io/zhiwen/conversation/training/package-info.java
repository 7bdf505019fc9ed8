/// Here are rated answers, give me what a model can be fine-tuned with.
@NullMarked
package io.zhiwen.conversation.training;

import org.jspecify.annotations.NullMarked;
