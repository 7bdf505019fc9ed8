package io.zhiwen.ask.stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One request and its stream. Ends once: with a whole answer, with a failure, or cancelled. The
/// lock makes the handler's calls follow one another; a handler that waits is not taken for a
/// server that stalls.
final class ChatStream implements StreamingHandle {

    private static final int LARGEST_REFUSAL = 16 * 1024;

    /// For the last bytes after the answer, so that the connection can be used again.
    private static final long DRAIN_MILLIS = 500;

    private static final long AFTER_FINISH_NANOS = Duration.ofSeconds(1).toNanos();

    private final StreamingChatResponseHandler handler;
    private final ScheduledExecutorService timer;
    private final Executor threads;
    private final Duration idle;
    private final ReentrantLock lock = new ReentrantLock();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();

    private volatile boolean ended;
    private volatile boolean cancelled;
    private volatile long deadline;
    private volatile boolean delivering;
    private volatile boolean draining;
    private volatile @Nullable CompletableFuture<HttpResponse<Boolean>> exchange;
    private volatile Flow.@Nullable Subscription body;
    private @Nullable Future<?> watch;
    private volatile @Nullable String finish;
    private ChunkJson.@Nullable Usage usage;

    ChatStream(
            StreamingChatResponseHandler handler,
            ScheduledExecutorService timer,
            Executor threads,
            Duration firstToken,
            Duration idle) {
        this.handler = handler;
        this.timer = timer;
        this.threads = threads;
        this.idle = idle;
        this.deadline = System.nanoTime() + firstToken.toNanos();
    }

    HttpResponse.BodyHandler<Boolean> body() {
        return info -> {
            if (info.statusCode() != 200) {
                return new Body(new Refused(info.statusCode()));
            }
            String type = info.headers().firstValue("Content-Type").orElse("");
            String kind = type.toLowerCase(Locale.ROOT);
            boolean other = kind.startsWith("text/html") || kind.startsWith("application/json");
            return new Body(other ? new NoStream(type) : new Events());
        };
    }

    void open(CompletableFuture<HttpResponse<Boolean>> sent) {
        boolean over;
        lock.lock();
        try {
            exchange = sent;
            over = ended;
            if (!over) {
                watchUntilDeadline();
            }
        } finally {
            lock.unlock();
        }
        if (over) {
            hangUp();
        }
        var _ =
                sent.whenComplete(
                        (_, error) -> {
                            if (error != null) {
                                fail(failure(error));
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

    private void watchUntilDeadline() {
        long wait = Math.max(1, deadline - System.nanoTime());
        watch =
                timer.schedule(
                        () -> threads.execute(this::checkDeadline), wait, TimeUnit.NANOSECONDS);
    }

    private void rewatch() {
        if (watch != null) {
            watch.cancel(false);
        }
        watchUntilDeadline();
    }

    private void checkDeadline() {
        boolean late = !delivering && System.nanoTime() - deadline >= 0;
        if (late && finish != null) {
            complete();
            return;
        }
        if (late) {
            boolean begun = text.length() + thinking.length() > 0;
            fail(
                    begun
                            ? new LlmFailure(LlmFailure.Code.IDLE_TIMEOUT, "silent in mid-answer")
                            : new LlmFailure(LlmFailure.Code.FIRST_TOKEN_TIMEOUT, "said nothing"));
            return;
        }
        lock.lock();
        try {
            if (!ended) {
                deadline = delivering ? System.nanoTime() + idle.toNanos() : deadline;
                watchUntilDeadline();
            }
        } finally {
            lock.unlock();
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
            if (watch != null) {
                watch.cancel(false);
            }
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
        finish = delta.finish() == null ? finish : delta.finish();
        usage = delta.usage() == null ? usage : delta.usage();
        if (!delta.reasoning().isEmpty()) {
            thinking.append(delta.reasoning());
            handler.onPartialThinking(
                    new PartialThinking(delta.reasoning()), new PartialThinkingContext(this));
        }
        if (!delta.content().isEmpty()) {
            text.append(delta.content());
            handler.onPartialResponse(
                    new PartialResponse(delta.content()), new PartialResponseContext(this));
        }
        if (finish != null) {
            // only the token counts may follow, and some servers then keep the connection open
            deadline = Math.min(deadline, System.nanoTime() + AFTER_FINISH_NANOS);
            rewatch();
        } else if (!delta.reasoning().isEmpty() || !delta.content().isEmpty()) {
            deadline = System.nanoTime() + idle.toNanos();
        }
    }

    private void complete() {
        AiMessage.Builder message = AiMessage.builder().text(text.toString());
        if (!thinking.isEmpty()) {
            message.thinking(thinking.toString());
        }
        ChatResponse.Builder response =
                ChatResponse.builder()
                        .aiMessage(message.build())
                        .finishReason(reason(finish == null ? "stop" : finish));
        if (usage != null) {
            response.tokenUsage(new TokenUsage(usage.prompt(), usage.answer()));
        }
        draining = true;
        end(() -> handler.onCompleteResponse(response.build()));
    }

    private static FinishReason reason(String finish) {
        return switch (finish) {
            case "stop", "eos", "eos_token", "end_turn" -> FinishReason.STOP;
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "tool_calls", "function_call" -> FinishReason.TOOL_EXECUTION;
            default -> FinishReason.OTHER;
        };
    }

    private static LlmFailure failure(Throwable error) {
        Throwable cause =
                error instanceof CompletionException && error.getCause() != null
                        ? error.getCause()
                        : error;
        String detail = String.valueOf(cause);
        return switch (cause) {
            case LlmFailure known -> known;
            case ConnectException _, HttpTimeoutException _, UnresolvedAddressException _ ->
                    new LlmFailure(LlmFailure.Code.UNREACHABLE, detail, cause);
            case IOException _ -> new LlmFailure(LlmFailure.Code.TRUNCATED, detail, cause);
            default -> new LlmFailure(LlmFailure.Code.SERVER_ERROR, detail, cause);
        };
    }

    /// What is done with a response's bytes.
    private interface Sink {
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
                        if (finish == null) {
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
            delivering = true;
            lock.lock();
            try {
                if (!ended) {
                    work.run();
                }
            } finally {
                delivering = false;
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
            if (finish != null) {
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

    /// A status that is not 200.
    private final class Refused implements Sink {

        private final int status;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();

        private Refused(int status) {
            this.status = status;
        }

        @Override
        public void bytes(ByteBuffer bytes) {
            byte[] some = new byte[Math.min(bytes.remaining(), LARGEST_REFUSAL - said.size())];
            bytes.get(some);
            said.writeBytes(some);
            if (said.size() == LARGEST_REFUSAL) {
                end();
            }
        }

        @Override
        public void end() {
            fail(ChunkJson.refusal(status, said.toString(StandardCharsets.UTF_8)));
        }
    }

    /// A page or a document where a stream should be.
    private final class NoStream implements Sink {

        private final String type;

        private NoStream(String type) {
            this.type = type;
        }

        @Override
        public void bytes(ByteBuffer bytes) {
            end();
        }

        @Override
        public void end() {
            fail(new LlmFailure(LlmFailure.Code.MALFORMED, "a " + type + " instead of a stream"));
        }
    }
}
