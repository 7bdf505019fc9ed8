package io.zhiwen.conversation;

import java.util.List;

/// A chat with all that was said, oldest first.
public record Conversation(ConversationRow row, List<Message> messages) {

    public Conversation {
        messages = List.copyOf(messages);
    }
}
