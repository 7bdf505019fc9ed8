/// Here is a chat, give me a file of it to keep or to pass on.
@NullMarked
package io.zhiwen.conversation.export;

import org.jspecify.annotations.NullMarked;
