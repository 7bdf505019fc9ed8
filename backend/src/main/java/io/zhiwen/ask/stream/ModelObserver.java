package io.zhiwen.ask.stream;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hears how each exchange with a chat model went, without what was said.
@FunctionalInterface
public interface ModelObserver {

    /// Nobody listens.
    ModelObserver NONE = _ -> {};

    /// One request to the model, or one it was spared.
    ///
    /// @param waited in line for a slot; null when it got none
    /// @param firstToken from the slot to the first word, thinking included; null when none came
    /// @param took altogether
    /// @param promptTokens as the server counts, if it does
    /// @param answerTokens as the server counts, if it does
    /// @param failure null when it gave a whole answer, or when nobody wanted it any more
    record Exchange(
            @Nullable Duration waited,
            @Nullable Duration firstToken,
            Duration took,
            @Nullable Integer promptTokens,
            @Nullable Integer answerTokens,
            LlmFailure.@Nullable Code failure,
            boolean cancelled) {}

    void exchanged(Exchange exchange);

    static ModelObserver all(List<ModelObserver> observers) {
        return exchange -> observers.forEach(observer -> observer.exchanged(exchange));
    }
}
