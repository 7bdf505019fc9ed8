package io.zhiwen.ask.stream;

import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request and its stream. Ends once: with a whole answer, with a failure, or cancelled. The
/// lock makes the handler's calls follow one another; a handler that waits is not taken for a
/// server that stalls.
final class ChatStream implements StreamingHandle {

    /// For the last bytes after the answer, so that the connection can be used again.
    private static final long DRAIN_MILLIS = 500;

    private static final Duration AFTER_FINISH = Duration.ofSeconds(1);

    private final StreamingChatResponseHandler handler;
    private final ScheduledExecutorService timer;
    private final Duration idle;
    private final Watchdog watchdog;
    private final ReentrantLock lock = new ReentrantLock();
    private final Received received = new Received();

    private volatile boolean ended;
    private volatile boolean cancelled;
    private volatile boolean draining;
    private volatile @Nullable CompletableFuture<HttpResponse<Boolean>> exchange;
    private volatile Flow.@Nullable Subscription body;

    ChatStream(
            StreamingChatResponseHandler handler,
            ScheduledExecutorService timer,
            Executor threads,
            Duration firstToken,
            Duration idle) {
        this.handler = handler;
        this.timer = timer;
        this.idle = idle;
        this.watchdog = new Watchdog(timer, threads, this::late);
        watchdog.allow(firstToken);
    }

    HttpResponse.BodyHandler<Boolean> body() {
        return info -> {
            if (info.statusCode() != 200) {
                return new Body(NoAnswer.refused(info.statusCode()));
            }
            String type = info.headers().firstValue("Content-Type").orElse("");
            String kind = type.toLowerCase(Locale.ROOT);
            boolean other = kind.startsWith("text/html") || kind.startsWith("application/json");
            return new Body(other ? NoAnswer.page(type) : new Events());
        };
    }

    void open(CompletableFuture<HttpResponse<Boolean>> sent) {
        exchange = sent;
        if (ended) {
            hangUp();
        }
        var _ =
                sent.whenComplete(
                        (_, error) -> {
                            if (error != null) {
                                fail(LlmFailure.of(error));
                            }
                        });
    }

    @Override
    public void cancel() {
        cancelled = true;
        end(() -> {});
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    private void late() {
        if (received.isFinished()) {
            complete();
        } else if (received.hasBegun()) {
            fail(new LlmFailure(LlmFailure.Code.IDLE_TIMEOUT, "silent in mid-answer"));
        } else {
            fail(new LlmFailure(LlmFailure.Code.FIRST_TOKEN_TIMEOUT, "said nothing"));
        }
    }

    private void fail(LlmFailure failure) {
        end(() -> handler.onError(failure));
    }

    private void end(Runnable last) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            watchdog.off();
            last.run();
        } finally {
            lock.unlock();
        }
        if (draining) {
            var _ = timer.schedule(this::hangUp, DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            hangUp();
        }
    }

    /// Closes the connection unless the response is complete.
    private void hangUp() {
        Flow.Subscription subscription = body;
        if (subscription != null) {
            subscription.cancel();
        }
        CompletableFuture<?> sent = exchange;
        if (sent != null) {
            sent.cancel(true);
        }
    }

    private void take(ChunkJson.Delta delta) {
        received.add(delta);
        if (!delta.reasoning().isEmpty()) {
            handler.onPartialThinking(
                    new PartialThinking(delta.reasoning()), new PartialThinkingContext(this));
        }
        if (!delta.content().isEmpty()) {
            handler.onPartialResponse(
                    new PartialResponse(delta.content()), new PartialResponseContext(this));
        }
        if (received.isFinished()) {
            // only the token counts may follow, and some servers then keep the connection open
            watchdog.allow(AFTER_FINISH);
        } else if (!delta.reasoning().isEmpty() || !delta.content().isEmpty()) {
            watchdog.allow(idle);
        }
    }

    private void complete() {
        draining = true;
        end(() -> handler.onCompleteResponse(received.whole()));
    }

    /// What is done with a response's bytes; may throw an `LlmFailure`.
    interface Sink {
        void bytes(ByteBuffer bytes);

        void end();
    }

    private final class Body implements HttpResponse.BodySubscriber<Boolean> {

        private final Sink sink;
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        private Body(Sink sink) {
            this.sink = sink;
        }

        @Override
        public CompletionStage<Boolean> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            body = subscription;
            if (ended) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            Flow.Subscription subscription = body;
            try {
                for (ByteBuffer buffer : buffers) {
                    locked(() -> sink.bytes(buffer));
                }
            } catch (LlmFailure e) {
                fail(e);
            }
            if (subscription != null && (!ended || draining)) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable error) {
            locked(
                    () -> {
                        if (!received.isFinished()) {
                            fail(
                                    new LlmFailure(
                                            LlmFailure.Code.TRUNCATED, error.toString(), error));
                        } else {
                            complete();
                        }
                    });
            body = null;
            done.complete(true);
        }

        @Override
        public void onComplete() {
            try {
                locked(sink::end);
            } catch (LlmFailure e) {
                fail(e);
            }
            // the connection may serve another request from now on
            body = null;
            done.complete(true);
        }

        private void locked(Runnable work) {
            watchdog.busy(true);
            lock.lock();
            try {
                if (!ended) {
                    work.run();
                }
            } finally {
                watchdog.busy(false);
                lock.unlock();
            }
        }
    }

    /// The stream as it should be.
    private final class Events implements Sink {

        private final SseDecoder decoder = new SseDecoder();
        private boolean any;

        @Override
        public void bytes(ByteBuffer bytes) {
            decoder.feed(bytes).forEach(this::event);
        }

        @Override
        public void end() {
            decoder.end().forEach(this::event);
            if (ended) {
                return;
            }
            if (received.isFinished()) {
                complete();
            } else {
                fail(
                        any
                                ? new LlmFailure(LlmFailure.Code.TRUNCATED, "no end of the stream")
                                : new LlmFailure(LlmFailure.Code.MALFORMED, "not one event"));
            }
        }

        private void event(SseDecoder.Event event) {
            if (ended) {
                return;
            }
            any = true;
            if (event.data().strip().equals("[DONE]")) {
                complete();
            } else {
                take(ChunkJson.read(event));
            }
        }
    }
}
