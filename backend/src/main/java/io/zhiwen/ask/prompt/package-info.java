/// Here are a question and passages, give me what is sent to the model, within its budget.
@NullMarked
package io.zhiwen.ask.prompt;

import org.jspecify.annotations.NullMarked;
