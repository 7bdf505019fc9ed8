package io.zhiwen.api;

import io.zhiwen.account.Access;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.retrieve.SearchUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Runs the answers of the API, a few at once for each key, none longer than some minutes, none
/// past the loss of its rights.
@Component
class Answers {

    /// Writes an answer on the caller's thread and tells its events to the last, or leaves when
    /// asked to stop.
    @FunctionalInterface
    interface Work {
        void run(Consumer<AnswerEvent> events, BooleanSupplier stop);
    }

    static final Duration LONGEST = Duration.ofMinutes(5);
    static final int AT_ONCE = 16;

    private final Answering answering;
    private final Access access;
    private final ApiKeys keys;
    private final Map<UUID, Integer> running = new ConcurrentHashMap<>();
    private final Set<AnswerStream> streams = ConcurrentHashMap.newKeySet();

    Answers(Answering answering, Access access, ApiKeys keys) {
        this.answering = answering;
        this.access = access;
        this.keys = keys;
    }

    /// Waits for the end.
    Answer whole(Principal.Key key, Answering.Ask ask) {
        return whole(key, ask, _ -> {});
    }

    /// Waits for the end, told what happens meanwhile.
    Answer whole(Principal.Key key, Answering.Ask ask, Consumer<AnswerEvent> events) {
        return whole(key, ask.scope(), () -> of(ask), events);
    }

    /// Waits for the end of what this begins.
    Answer whole(Principal.Key key, Scope scope, Supplier<Work> work) {
        return whole(key, scope, work, _ -> {});
    }

    private Answer whole(
            Principal.Key key, Scope scope, Supplier<Work> work, Consumer<AnswerEvent> events) {
        enter(key);
        try {
            var last = new AtomicReference<AnswerEvent>();
            long end = System.nanoTime() + LONGEST.toNanos();
            work.get()
                    .run(
                            event -> {
                                events.accept(event);
                                last.set(event);
                            },
                            () -> System.nanoTime() - end > 0);
            return answer(key, scope, last.get());
        } finally {
            leave(key);
        }
    }

    /// The answer to a question that stands alone.
    Work of(Answering.Ask ask) {
        return (events, stop) -> answering.answer(ask, events, stop);
    }

    private Answer answer(Principal.Key key, Scope scope, @Nullable AnswerEvent last) {
        if (!mayStill(key, scope)) {
            throw new NotThere("knowledge base");
        }
        return switch (last) {
            case AnswerEvent.Finished(var answer) -> answer;
            case AnswerEvent.Failed(var code) when code.equals("error.search") ->
                    throw new SearchUnavailable("no answer could be searched");
            case AnswerEvent.Failed(var code) when code.equals("error.rights-lost") ->
                    throw new NotThere("knowledge base");
            case AnswerEvent.Failed(var code) ->
                    throw new Refused(
                            HttpStatus.INTERNAL_SERVER_ERROR,
                            "answer-failed",
                            "No answer could be made (" + code + ").");
            case null, default ->
                    throw new Refused(
                            HttpStatus.GATEWAY_TIMEOUT,
                            "too-slow",
                            "The answer took longer than " + LONGEST.toMinutes() + " minutes.");
        };
    }

    SseEmitter stream(Principal.Key key, Answering.Ask ask, AnswerFormat format) {
        return stream(key, ask.scope(), () -> of(ask), format);
    }

    /// Streams what this begins.
    ///
    /// @param scope it is made from; who loses a part of it reads no further
    SseEmitter stream(Principal.Key key, Scope scope, Supplier<Work> work, AnswerFormat format) {
        enter(key);
        var stream = new AnswerStream(begun(key, work), format);
        streams.add(stream);
        return stream.start(
                () -> mayStill(key, scope),
                () -> {
                    streams.remove(stream);
                    leave(key);
                });
    }

    private Work begun(Principal.Key key, Supplier<Work> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            leave(key);
            throw e;
        }
    }

    /// The key is good and reads everything the question was asked over.
    private boolean mayStill(Principal.Key key, Scope scope) {
        return keys.isGood(key) && access.everythingFor(key, Right.ASK).covers(scope);
    }

    private void enter(Principal.Key key) {
        int now = running.merge(key.id(), 1, Integer::sum);
        if (now > AT_ONCE) {
            leave(key);
            var refused =
                    new Refused(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-answers",
                            "This key has " + AT_ONCE + " answers running; wait for one to end.");
            refused.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
            throw refused;
        }
    }

    private void leave(Principal.Key key) {
        running.computeIfPresent(key.id(), (_, count) -> count > 1 ? count - 1 : null);
    }

    /// Open streams would hold the shutdown.
    @EventListener(ContextClosedEvent.class)
    void close() {
        streams.forEach(stream -> stream.end("shutting-down", "The server is restarting."));
    }
}
