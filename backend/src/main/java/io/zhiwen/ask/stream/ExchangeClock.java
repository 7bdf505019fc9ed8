package io.zhiwen.ask.stream;

import io.zhiwen.ask.prompt.Tokens;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands parts on and takes their time; for one exchange on one thread.
final class ExchangeClock implements Consumer<Part> {

    private final Consumer<Part> parts;
    private final long begun = System.nanoTime();
    private @Nullable Long started;
    private @Nullable Duration firstToken;
    private final StringBuilder said = new StringBuilder();

    ExchangeClock(Consumer<Part> parts) {
        this.parts = parts;
    }

    @Override
    public void accept(Part part) {
        switch (part) {
            case Part.Started _ -> started = System.nanoTime();
            case Part.Token(String text) -> said(text);
            case Part.Thinking(String text) -> said(text);
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

    /// As the server counts, or by the safe estimate where it does not; null when the server read
    /// nothing.
    ///
    /// @param prompt the estimate of what it was sent
    Meter.@Nullable Spent spent(int prompt, Part last) {
        if (last instanceof Part.Finished(_, var sent, var written)
                && sent != null
                && written != null) {
            return new Meter.Spent(sent, written, false);
        }
        boolean read =
                switch (last) {
                    case Part.Failed(LlmFailure failure) ->
                            firstToken != null || failure.code().meansItWasRead();
                    default -> started != null;
                };
        return read ? new Meter.Spent(prompt, Tokens.estimate(said.toString()), true) : null;
    }

    private void said(String text) {
        said.append(text);
        if (firstToken == null && started != null) {
            firstToken = Duration.ofNanos(System.nanoTime() - started);
        }
    }
}
