package io.zhiwen.ask;

import java.util.UUID;

/// Where traces go.
@FunctionalInterface
interface TraceStore {

    void store(UUID id, String question, Trace trace);
}
