package io.zhiwen.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// The last seconds of this process: it begins nothing new, and what runs may finish for a while.
/// Safe for concurrent use.
@Component
public class Ending {

    private final Duration drain;
    private volatile @Nullable Long deadline;

    public Ending(NodeSettings settings) {
        this.drain = settings.drain();
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void begin(ContextClosedEvent event) {
        if (deadline == null) {
            deadline = System.nanoTime() + drain.toNanos();
        }
    }

    /// @throws NodeIsEnding when nothing may begin any more
    public void check() {
        if (deadline != null) {
            throw new NodeIsEnding();
        }
    }

    /// How long what runs may still go on, once the end has begun.
    public Duration left() {
        var end = deadline;
        return end == null ? drain : Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
