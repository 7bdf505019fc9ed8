/// Here are questions and answers, keep them as someone's chats.
@NullMarked
package io.zhiwen.conversation;

import org.jspecify.annotations.NullMarked;
