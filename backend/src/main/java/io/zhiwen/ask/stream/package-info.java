/// Here is a prompt, give me tokens until it is finished, failed or cancelled: from a chat model,
/// or from the passages' own sentences.
@NullMarked
package io.zhiwen.ask.stream;

import org.jspecify.annotations.NullMarked;
