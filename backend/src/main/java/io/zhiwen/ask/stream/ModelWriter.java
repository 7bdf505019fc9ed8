package io.zhiwen.ask.stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.zhiwen.ask.prompt.Prompt;
import io.zhiwen.ask.prompt.Tokenizer;
import io.zhiwen.ask.question.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Has a chat model write: waits for a slot, streams, gives up at once when told to stop. Safe for
/// concurrent use.
public final class ModelWriter implements AutoCloseable {

    private static final int FAILURES_TO_REST = 3;
    private static final Duration REST = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 40;
    private static final String TRIAL_QUESTION = "Say hello in one short sentence.";
    private static final int TRIAL_TOKENS = 48;
    private static final int TRIAL_SAMPLE = 200;
    private static final String NOBODY = "";

    private final CancellableModel model;
    private final LlmSettings settings;
    private final int contextTokens;
    private final Sampling usual;
    private final Tokenizer tokenizer;
    private final Slots slots;
    private final ModelObserver observer;
    private final Breaker breaker = new Breaker(FAILURES_TO_REST, REST, System::nanoTime);

    ModelWriter(
            CancellableModel model,
            LlmSettings settings,
            int contextTokens,
            Sampling usual,
            Tokenizer tokenizer,
            Line line,
            ModelObserver observer) {
        this.observer = observer;
        this.usual = usual;
        this.contextTokens = contextTokens;
        this.tokenizer = tokenizer;
        this.model = model;
        this.settings = settings;
        this.slots = new Slots(line);
    }

    /// @param contextTokens what the server holds for one request
    /// @param line before the server
    static ModelWriter of(
            LlmSettings settings, int contextTokens, Line line, ModelObserver observer) {
        return of(settings, contextTokens, Sampling.NONE, line, observer);
    }

    /// @param usual where an asker wants nothing else
    static ModelWriter of(
            LlmSettings settings,
            int contextTokens,
            Sampling usual,
            Line line,
            ModelObserver observer) {
        var model = new OpenAiModel(settings);
        return new ModelWriter(
                model, settings, contextTokens, usual, model.tokenizer(), line, observer);
    }

    /// As its server knows it.
    public String model() {
        return settings.model();
    }

    /// What its server holds for one request, question and answer together.
    public int contextTokens() {
        return contextTokens;
    }

    /// Its server's own, where it offers one.
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /// Of one answer, thinking included.
    public int maxTokens() {
        return settings.maxTokens();
    }

    public ModelState state() {
        return new ModelState(
                settings.shownUrl(),
                settings.model(),
                breaker.rest(),
                slots.count(),
                slots.used(),
                slots.waiting());
    }

    /// Writes an answer to a prompt, on the caller's thread until the last part is given. `stop` is
    /// asked often.
    ///
    /// @param asker whose share of the slots it counts as; empty for nobody's
    public void write(String asker, Prompt prompt, Consumer<Part> parts, BooleanSupplier stop) {
        write(asker, prompt, Sampling.NONE, parts, stop);
    }

    /// The same as the asker wants it; no answer gets longer than usual.
    public void write(
            String asker,
            Prompt prompt,
            Sampling wanted,
            Consumer<Part> parts,
            BooleanSupplier stop) {
        Sampling sampling =
                wanted.or(usual).or(new Sampling(null, null, settings.maxTokens(), null));
        ChatRequest request =
                ChatRequest.builder()
                        .messages(messages(prompt))
                        .temperature(sampling.temperature())
                        .topP(sampling.topP())
                        .maxOutputTokens(sampling.maxTokens())
                        .build();
        var asked = new Asked(request, sampling.seed(), prompt.tokens());
        write(asker, asked, settings.queueTimeout(), parts, stop);
    }

    /// @param estimate of its tokens
    private record Asked(ChatRequest request, @Nullable Long seed, int estimate) {}

    /// A short text made by the model, or null when it did not give one until `stop`.
    @Nullable String brief(Prompt prompt, int maxTokens, BooleanSupplier stop) {
        ChatRequest request =
                ChatRequest.builder()
                        .messages(messages(prompt))
                        .temperature(0.0)
                        .maxOutputTokens(maxTokens)
                        .build();
        StringBuilder text = new StringBuilder();
        boolean[] whole = new boolean[1];
        write(
                NOBODY,
                new Asked(request, null, prompt.tokens()),
                settings.rewriteTimeout().dividedBy(4),
                part -> {
                    switch (part) {
                        case Part.Token(String piece) -> text.append(piece);
                        case Part.TokensWereThinking _ -> text.setLength(0);
                        case Part.Finished finished -> whole[0] = !finished.cut();
                        default -> {}
                    }
                },
                stop);
        return whole[0] ? text.toString() : null;
    }

    /// Has the model say hello, also while it is left alone after failures: if it answers, it is
    /// asked again from then on.
    public Trial trial(Duration atMost) {
        ChatRequest request =
                ChatRequest.builder()
                        .messages(UserMessage.from(TRIAL_QUESTION))
                        .temperature(0.0)
                        .maxOutputTokens(TRIAL_TOKENS)
                        .build();
        StringBuilder said = new StringBuilder();
        Part[] last = new Part[1];
        var clock =
                new ExchangeClock(
                        part -> {
                            switch (part) {
                                case Part.Token(String piece) -> said.append(piece);
                                case Part.Thinking(String piece) -> said.append(piece);
                                default -> last[0] = part;
                            }
                        });
        long end = System.nanoTime() + atMost.toNanos();
        exchange(
                NOBODY,
                new Asked(request, null, 0),
                atMost,
                clock,
                () -> System.nanoTime() - end > 0);
        var exchange = clock.ended(last[0]);
        return new Trial(
                exchange.firstToken(),
                exchange.took(),
                said.substring(0, Math.min(said.length(), TRIAL_SAMPLE)),
                exchange.cancelled() ? LlmFailure.Code.FIRST_TOKEN_TIMEOUT : exchange.failure());
    }

    private void write(
            String asker,
            Asked asked,
            Duration patience,
            Consumer<Part> parts,
            BooleanSupplier stop) {
        var clock = new ExchangeClock(parts);
        if (!breaker.mayAsk()) {
            Part resting = failed(LlmFailure.Code.RESTING, "it failed several times in a row");
            observer.exchanged(clock.ended(resting));
            parts.accept(resting);
            return;
        }
        exchange(asker, asked, patience, clock, stop);
    }

    private void exchange(
            String asker,
            Asked asked,
            Duration patience,
            ExchangeClock clock,
            BooleanSupplier stop) {
        Part last = new Part.Cancelled();
        try {
            last = inSlot(asker, asked, patience, clock, stop);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            tell(breaker, last);
            observer.exchanged(clock.ended(last));
            count(clock.spent(asked.estimate(), last));
        }
        clock.accept(last);
    }

    private static void count(Meter.@Nullable Spent spent) {
        if (spent != null) {
            Meter.spent(spent);
        }
    }

    private static void tell(Breaker breaker, Part last) {
        switch (last) {
            case Part.Finished _ -> breaker.worked();
            case Part.Failed(LlmFailure failure) when failure.code().isOutage() -> breaker.failed();
            default -> breaker.undecided();
        }
    }

    private Part inSlot(
            String asker,
            Asked asked,
            Duration patience,
            Consumer<Part> parts,
            BooleanSupplier stop)
            throws InterruptedException {
        try (Slots.Slot slot = slots.take(asker, patience, stop, wait -> parts.accept(wait))) {
            if (slot == null) {
                return stop.getAsBoolean()
                        ? new Part.Cancelled()
                        : failed(LlmFailure.Code.BUSY, "no free slot");
            }
            parts.accept(new Part.Started());
            return stream(asked, parts, stop);
        }
    }

    /// @return the last part
    private Part stream(Asked asked, Consumer<Part> parts, BooleanSupplier stop)
            throws InterruptedException {
        PartQueue queue = new PartQueue();
        StreamingHandle handle = model.start(asked.request(), asked.seed(), queue);
        boolean said = false;
        try {
            while (!stop.getAsBoolean()) {
                Part part = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                switch (part) {
                    case null -> {}
                    case Part.Failed _ -> {
                        return part;
                    }
                    case Part.Finished _ -> {
                        return said
                                ? part
                                : failed(LlmFailure.Code.EMPTY, "it ended without a word");
                    }
                    case Part.Token(String text) -> {
                        said |= !text.isBlank();
                        parts.accept(part);
                    }
                    case Part.TokensWereThinking _ -> {
                        said = false;
                        parts.accept(part);
                    }
                    default -> parts.accept(part);
                }
            }
            return new Part.Cancelled();
        } finally {
            queue.close();
            handle.cancel();
        }
    }

    private static Part failed(LlmFailure.Code code, String detail) {
        return new Part.Failed(new LlmFailure(code, detail));
    }

    private static List<ChatMessage> messages(Prompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(prompt.system()));
        for (Turn turn : prompt.history()) {
            messages.add(UserMessage.from(turn.question()));
            messages.add(AiMessage.from(turn.answer()));
        }
        messages.add(UserMessage.from(prompt.user()));
        return messages;
    }

    int freeSlots() {
        return slots.count() - slots.used();
    }

    @Override
    public void close() {
        model.close();
    }
}
