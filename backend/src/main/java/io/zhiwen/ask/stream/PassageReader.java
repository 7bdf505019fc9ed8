package io.zhiwen.ask.stream;

import io.zhiwen.ask.prompt.PassagePrompt;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Has the chat model of a base write what a passage may be searched by; only while a slot is free
/// and nobody waits for one, and it leaves off when somebody does. Safe for concurrent use.
public final class PassageReader {

    private static final int MAX_TOKENS = 260;
    private static final int LONGEST_LINE = 200;
    private static final int MOST_LINES = 4;

    /// What came of it.
    public sealed interface Outcome {

        /// What it cost, whatever came of it.
        int tokens();

        /// @param text one question or sentence a line; empty when the model gave none
        record Made(String text, String model, int tokens) implements Outcome {}

        /// People ask; try again later.
        record Busy(int tokens) implements Outcome {}

        /// No model, or it did not answer.
        record Failed(int tokens) implements Outcome {}
    }

    /// Nobody waits for it; a small server may be slow.
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Models models;

    public PassageReader(Models models) {
        this.models = models;
    }

    /// Whether a model writes for the base of such passages.
    public boolean hasModel(KnowledgeBaseId base) {
        return models.of(List.of(base)).isPresent();
    }

    public Outcome read(StoredChunk passage, BooleanSupplier stop) {
        Optional<ModelWriter> chosen = models.of(List.of(passage.base()));
        if (chosen.isEmpty()) {
            return new Outcome.Failed(0);
        }
        ModelWriter writer = chosen.get();
        ModelState state = writer.state();
        if (state.used() >= state.slots() || state.waiting() > 0) {
            return new Outcome.Busy(0);
        }
        var chunk = passage.chunk();
        var prompt =
                PassagePrompt.of(
                        passage.documentName(),
                        chunk.headingPath(),
                        chunk.text(),
                        chunk.language());
        long until = System.nanoTime() + LONGEST.toNanos();
        var stepped = new AtomicBoolean();
        var tokens = new AtomicInteger();
        var written = new AtomicInteger();
        var made = new AtomicReference<@Nullable String>();
        var others = new Others();
        Meter.count(
                spent -> {
                    tokens.addAndGet(spent.prompt() + spent.answer());
                    written.addAndGet(spent.answer());
                },
                () ->
                        made.set(
                                writer.brief(
                                        prompt,
                                        MAX_TOKENS,
                                        () -> {
                                            if (stop.getAsBoolean()
                                                    || others.areWaiting(writer.state())) {
                                                stepped.set(true);
                                            }
                                            return stepped.get() || System.nanoTime() - until >= 0;
                                        })));
        String said = made.get();
        if (said != null) {
            return new Outcome.Made(lines(said), writer.model(), tokens.get());
        }
        if (stepped.get()) {
            return new Outcome.Busy(tokens.get());
        }
        // a model that writes without end would do so each time
        return written.get() > 0
                ? new Outcome.Made("", writer.model(), tokens.get())
                : new Outcome.Failed(tokens.get());
    }

    /// Whether somebody waits for a place. A moment is what this reading itself waits for its own.
    private static final class Others {

        private long since = Long.MIN_VALUE;

        private boolean areWaiting(ModelState state) {
            if (state.waiting() == 0) {
                since = Long.MIN_VALUE;
                return false;
            }
            long now = System.nanoTime();
            since = since == Long.MIN_VALUE ? now : since;
            return state.used() >= state.slots() || now - since >= MOMENT.toNanos();
        }
    }

    /// Without numbers, signs nobody sees and what is too long to be one.
    static String lines(String made) {
        return made.lines()
                .map(line -> line.replaceAll("[\\p{Cc}\\p{Cf}<>]+", " "))
                .map(line -> line.replaceAll("^[\\s\\d.、)）*•#\"“「-]+|[\\s\"”」*]+$", ""))
                .filter(line -> line.length() > 1 && line.length() <= LONGEST_LINE)
                .distinct()
                .limit(MOST_LINES)
                .collect(Collectors.joining("\n"));
    }
}
