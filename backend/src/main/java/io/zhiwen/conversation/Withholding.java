package io.zhiwen.conversation;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.cite.Citation;
import java.util.List;

/// Old chats show nothing their reader may no longer read.
final class Withholding {

    private Withholding() {}

    static List<Message> apply(List<Message> messages, Scope readable) {
        return messages.stream().map(message -> apply(message, readable)).toList();
    }

    /// An answer from the passages repeats their words, so it goes with its citation; a refusal
    /// repeats nothing.
    private static Message apply(Message message, Scope readable) {
        List<Citation> allowed =
                message.citations().stream()
                        .filter(citation -> readable.allows(citation.base()))
                        .toList();
        if (allowed.size() == message.citations().size()) {
            return message;
        }
        return new Message(
                message.id(),
                message.role(),
                message.refused() ? message.text() : "",
                message.refused() ? message.thinking() : null,
                message.state(),
                message.engine(),
                message.refused(),
                message.note(),
                message.trace(),
                message.createdAt(),
                allowed,
                true);
    }
}
