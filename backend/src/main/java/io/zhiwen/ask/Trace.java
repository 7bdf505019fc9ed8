package io.zhiwen.ask;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened on the way to an answer, for admins.
public record Trace(Map<String, Object> entries) {

    public Trace {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// Collects entries of one question in the order they are put; for one thread at a time.
    public static final class Recorder {

        private final Map<String, Object> entries = new LinkedHashMap<>();
        private AskObserver.@Nullable Retrieved retrieved;

        /// @param value anything JSON can say
        public void put(String name, Object value) {
            entries.put(name, value);
        }

        void retrieved(AskObserver.Retrieved how) {
            retrieved = how;
        }

        /// Null before anything was searched.
        AskObserver.@Nullable Retrieved retrieved() {
            return retrieved;
        }

        public Trace done() {
            return new Trace(entries);
        }
    }
}
