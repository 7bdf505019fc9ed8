package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands parts on and takes their time; for one exchange on one thread.
final class ExchangeClock implements Consumer<Part> {

    private final Consumer<Part> parts;
    private final long begun = System.nanoTime();
    private @Nullable Long started;
    private @Nullable Duration firstToken;

    ExchangeClock(Consumer<Part> parts) {
        this.parts = parts;
    }

    @Override
    public void accept(Part part) {
        switch (part) {
            case Part.Started _ -> started = System.nanoTime();
            case Part.Token _, Part.Thinking _ -> firstToken();
            default -> {}
        }
        parts.accept(part);
    }

    ModelObserver.Exchange ended(Part last) {
        Duration waited = started == null ? null : Duration.ofNanos(started - begun);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return switch (last) {
            case Part.Finished(_, var promptTokens, var answerTokens) ->
                    new ModelObserver.Exchange(
                            waited, firstToken, took, promptTokens, answerTokens, null, false);
            case Part.Failed(LlmFailure failure) ->
                    new ModelObserver.Exchange(
                            waited, firstToken, took, null, null, failure.code(), false);
            default -> new ModelObserver.Exchange(waited, firstToken, took, null, null, null, true);
        };
    }

    private void firstToken() {
        if (firstToken == null && started != null) {
            firstToken = Duration.ofNanos(System.nanoTime() - started);
        }
    }
}
