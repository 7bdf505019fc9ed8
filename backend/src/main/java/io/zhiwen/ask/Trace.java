package io.zhiwen.ask;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What happened on the way to an answer, for admins.
public record Trace(Map<String, Object> entries) {

    public Trace {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// Collects entries of one question in the order they are put; for one thread at a time.
    public static final class Recorder {

        private final Map<String, Object> entries = new LinkedHashMap<>();
        private final @Nullable Consumer<RetrievalSteps> reader;
        private AskObserver.@Nullable Retrieved retrieved;

        public Recorder() {
            this.reader = null;
        }

        /// @param reader is given the steps of the search, whole
        public Recorder(Consumer<RetrievalSteps> reader) {
            this.reader = reader;
        }

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

        /// Whether a leg that matters gave nothing because it could not: something may be missing.
        public boolean missesALeg() {
            return retrieved != null && retrieved.missesALeg();
        }

        /// @param steps made only where somebody reads them
        void steps(Supplier<RetrievalSteps> steps) {
            if (reader != null) {
                reader.accept(steps.get());
            }
        }

        public Trace done() {
            return new Trace(entries);
        }
    }
}
