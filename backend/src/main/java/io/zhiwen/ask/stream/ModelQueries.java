package io.zhiwen.ask.stream;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.prompt.Prompt;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Has the chat model say what a question asks of a table. What it says is checked by whoever asks.
/// Safe for concurrent use.
public final class ModelQueries {

    private static final int MAX_TOKENS = 250;

    private final Models models;
    private final Duration timeout;

    public ModelQueries(Models models, LlmSettings settings) {
        this.models = models;
        this.timeout = settings.rewriteTimeout();
    }

    /// Empty when there is no model, or it did not answer in time.
    public Optional<String> said(Prompt prompt, Scope scope, BooleanSupplier stop) {
        long until = System.nanoTime() + timeout.toNanos();
        return models.of(scope)
                .map(
                        writer ->
                                writer.brief(
                                        prompt,
                                        MAX_TOKENS,
                                        () ->
                                                stop.getAsBoolean()
                                                        || System.nanoTime() - until >= 0));
    }
}
