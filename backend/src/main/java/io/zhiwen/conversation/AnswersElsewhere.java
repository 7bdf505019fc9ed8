package io.zhiwen.conversation;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.node.Channel;
import io.zhiwen.node.Node;
import io.zhiwen.node.Notifications;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Answers that other nodes write, and those that dead ones no longer do. Safe for concurrent use.
@Component
class AnswersElsewhere {

    private final AnswerStore store;
    private final AnswerLeases leases;
    private final Node node;
    private final ChatSettings settings;
    private final Set<RemoteAnswer> readers = ConcurrentHashMap.newKeySet();

    AnswersElsewhere(
            AnswerStore store,
            AnswerLeases leases,
            Node node,
            Notifications notifications,
            ChatSettings settings) {
        this.settings = settings;
        this.store = store;
        this.leases = leases;
        this.node = node;
        notifications.on(Channel.ANSWER, this::heard);
    }

    LeaseKeeper keeper(Notifications notifications, Supplier<Collection<RunningAnswer>> mine) {
        return new LeaseKeeper(leases, notifications, mine, store::interrupt, settings.unread());
    }

    Optional<Attachment> attach(UUID conversation, Consumer<AnswerEvent> events) {
        return leases.of(conversation).map(message -> reader(message, events).start());
    }

    /// This answer from its first event, or its last one where it has ended.
    Attachment follow(UUID message, Consumer<AnswerEvent> events) {
        return reader(message, events).start();
    }

    /// Whether one was running.
    boolean stop(UUID conversation) {
        return leases.stop(conversation);
    }

    void endThoseOfTheDead() {
        leases.expire(node.alone());
        leases.abandoned().forEach(store::interrupt);
    }

    /// Their readers come again, to another node.
    void leaveAll() {
        readers.forEach(RemoteAnswer::close);
    }

    private RemoteAnswer reader(UUID message, Consumer<AnswerEvent> events) {
        var reader = new RemoteAnswer[1];
        reader[0] =
                new RemoteAnswer(
                        leases, message, store::ending, events, () -> readers.remove(reader[0]));
        readers.add(reader[0]);
        return reader[0];
    }

    private void heard(String word) {
        for (var reader : readers) {
            if (word.isEmpty() || word.endsWith(reader.message().toString())) {
                reader.wake();
            }
        }
    }
}
