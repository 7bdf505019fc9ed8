package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.cite.Citation;
import java.util.List;
import java.util.function.Predicate;

/// Old chats show nothing their reader may no longer read.
final class Withholding {

    private Withholding() {}

    static List<Message> apply(List<Message> messages, Scope scope, Access access) {
        var cited =
                messages.stream()
                        .flatMap(message -> message.citations().stream())
                        .filter(citation -> !scope.allowsAll(citation.base()))
                        .map(Citation::document)
                        .distinct()
                        .toList();
        var readable = access.readable(scope, cited);
        return messages.stream()
                .map(
                        message ->
                                apply(
                                        message,
                                        citation ->
                                                scope.allowsAll(citation.base())
                                                        || readable.contains(citation.document())))
                .toList();
    }

    /// An answer from the passages repeats their words, so it goes with its citation; a refusal
    /// repeats nothing.
    private static Message apply(Message message, Predicate<Citation> readable) {
        List<Citation> allowed = message.citations().stream().filter(readable).toList();
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
