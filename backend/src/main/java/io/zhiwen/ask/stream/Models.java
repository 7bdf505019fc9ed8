package io.zhiwen.ask.stream;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The chat models that are set up; none by default.
public final class Models implements AutoCloseable {

    private final @Nullable ModelWriter writer;

    public Models(LlmSettings settings) {
        this(settings, ModelObserver.NONE);
    }

    public Models(LlmSettings settings, ModelObserver observer) {
        this.writer = settings.isConfigured() ? ModelWriter.of(settings, observer) : null;
    }

    public Optional<ModelWriter> configured() {
        return Optional.ofNullable(writer);
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
