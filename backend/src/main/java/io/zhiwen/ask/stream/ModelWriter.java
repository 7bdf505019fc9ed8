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
    private final Tokenizer tokenizer;
    private final Slots slots;
    private final ModelObserver observer;
    private final Breaker breaker = new Breaker(FAILURES_TO_REST, REST, System::nanoTime);

    ModelWriter(
            CancellableModel model,
            LlmSettings settings,
            int contextTokens,
            Tokenizer tokenizer,
            Line line,
            ModelObserver observer) {
        this.observer = observer;
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
        var model = new OpenAiModel(settings);
        return new ModelWriter(model, settings, contextTokens, model.tokenizer(), line, observer);
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
        ChatRequest request = ChatRequest.builder().messages(messages(prompt)).build();
        write(asker, request, prompt.tokens(), settings.queueTimeout(), parts, stop);
    }

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
                request,
                prompt.tokens(),
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
        exchange(NOBODY, request, 0, atMost, clock, () -> System.nanoTime() - end > 0);
        var exchange = clock.ended(last[0]);
        return new Trial(
                exchange.firstToken(),
                exchange.took(),
                said.substring(0, Math.min(said.length(), TRIAL_SAMPLE)),
                exchange.cancelled() ? LlmFailure.Code.FIRST_TOKEN_TIMEOUT : exchange.failure());
    }

    private void write(
            String asker,
            ChatRequest request,
            int estimate,
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
        exchange(asker, request, estimate, patience, clock, stop);
    }

    private void exchange(
            String asker,
            ChatRequest request,
            int estimate,
            Duration patience,
            ExchangeClock clock,
            BooleanSupplier stop) {
        Part last = new Part.Cancelled();
        try {
            last = inSlot(asker, request, patience, clock, stop);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            tell(breaker, last);
            observer.exchanged(clock.ended(last));
            count(clock.spent(estimate, last));
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
            ChatRequest request,
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
            return stream(request, parts, stop);
        }
    }

    /// @return the last part
    private Part stream(ChatRequest request, Consumer<Part> parts, BooleanSupplier stop)
            throws InterruptedException {
        PartQueue queue = new PartQueue();
        StreamingHandle handle = model.start(request, queue);
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
