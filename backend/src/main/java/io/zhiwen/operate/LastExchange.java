package io.zhiwen.operate;

import io.zhiwen.ask.stream.ModelObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// How the chat model did the last time it said anything, on this node.
@Component
final class LastExchange implements ModelObserver {

    private volatile @Nullable Duration firstToken;

    @Override
    public void exchanged(Exchange exchange) {
        if (exchange.firstToken() != null) {
            firstToken = exchange.firstToken();
        }
    }

    @Nullable Duration firstToken() {
        return firstToken;
    }
}
