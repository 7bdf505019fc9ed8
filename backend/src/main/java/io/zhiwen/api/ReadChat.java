package io.zhiwen.api;

import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.conversation.Attachment;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/// The answer of a chat as its service reads it: begun at once, so that what cannot be asked is
/// refused before anything is sent. It is written on and kept when the service leaves.
final class ReadChat implements Answers.Work {

    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final BlockingQueue<AnswerEvent> events = new LinkedBlockingQueue<>();
    private final Attachment attachment;

    /// @param begin asks in the chat
    ReadChat(Function<Consumer<AnswerEvent>, Attachment> begin) {
        this.attachment = begin.apply(events::add);
    }

    @Override
    public void run(Consumer<AnswerEvent> out, BooleanSupplier stop) {
        try (attachment) {
            while (!stop.getAsBoolean()) {
                var event = events.poll(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
                if (event != null) {
                    out.accept(event);
                    if (event.isLast()) {
                        return;
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
