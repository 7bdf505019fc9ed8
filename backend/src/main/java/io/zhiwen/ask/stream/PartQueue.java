package io.zhiwen.ask.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Carries a model's stream to the thread that writes the answer. Bounded: a model faster than its
/// reader is held back by the connection.
final class PartQueue implements StreamingChatResponseHandler, ThinkTags.Sink {

    private static final int SIZE = 256;
    private static final long LOOK_MILLIS = 50;

    /// Nothing a reader can see, and a NUL no database keeps.
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>(SIZE);
    private final ThinkTags tags = new ThinkTags(this);
    private volatile boolean closed;

    @Nullable Part poll(long time, TimeUnit unit) throws InterruptedException {
        return parts.poll(time, unit);
    }

    /// Nobody reads any more: what still comes is dropped.
    void close() {
        closed = true;
        parts.clear();
    }

    @Override
    public void onPartialResponse(String piece) {
        tags.feed(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        thinking(piece.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        tags.end();
        TokenUsage usage = response.tokenUsage();
        put(
                new Part.Finished(
                        response.finishReason() == FinishReason.LENGTH,
                        usage == null ? null : usage.inputTokenCount(),
                        usage == null ? null : usage.outputTokenCount()));
    }

    @Override
    public void onError(Throwable error) {
        tags.end();
        put(
                new Part.Failed(
                        error instanceof LlmFailure failure
                                ? failure
                                : new LlmFailure(
                                        LlmFailure.Code.SERVER_ERROR,
                                        String.valueOf(error),
                                        error)));
    }

    @Override
    public void text(String piece) {
        put(new Part.Token(printable(piece)));
    }

    @Override
    public void thinking(String piece) {
        put(new Part.Thinking(printable(piece)));
    }

    @Override
    public void textWasThinking() {
        put(new Part.TokensWereThinking());
    }

    private static String printable(String piece) {
        return CONTROLS.matcher(piece).replaceAll("");
    }

    private void put(Part part) {
        try {
            while (!closed) {
                if (parts.offer(part, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }
}
