package io.zhiwen.ask.stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.zhiwen.ask.prompt.Prompt;
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

    private final CancellableModel model;
    private final LlmSettings settings;
    private final Slots slots;
    private final Breaker breaker = new Breaker(FAILURES_TO_REST, REST, System::nanoTime);

    ModelWriter(CancellableModel model, LlmSettings settings) {
        this.model = model;
        this.settings = settings;
        this.slots = new Slots(settings.slots());
    }

    public static ModelWriter of(LlmSettings settings) {
        return new ModelWriter(new OpenAiModel(settings), settings);
    }

    /// Writes an answer to a prompt, on the caller's thread until the last part is given. `stop` is
    /// asked often.
    public void write(Prompt prompt, Consumer<Part> parts, BooleanSupplier stop) {
        ChatRequest request = ChatRequest.builder().messages(messages(prompt)).build();
        write(request, settings.queueTimeout(), parts, stop);
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
                request,
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

    private void write(
            ChatRequest request, Duration patience, Consumer<Part> parts, BooleanSupplier stop) {
        if (!breaker.mayAsk()) {
            parts.accept(failed(LlmFailure.Code.RESTING, "it failed several times in a row"));
            return;
        }
        Part last = new Part.Cancelled();
        try {
            last = inSlot(request, patience, parts, stop);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            tell(breaker, last);
        }
        parts.accept(last);
    }

    private static void tell(Breaker breaker, Part last) {
        switch (last) {
            case Part.Finished _ -> breaker.worked();
            case Part.Failed(LlmFailure failure) when failure.code().isOutage() -> breaker.failed();
            default -> breaker.undecided();
        }
    }

    private Part inSlot(
            ChatRequest request, Duration patience, Consumer<Part> parts, BooleanSupplier stop)
            throws InterruptedException {
        try (Slots.Slot slot =
                slots.take(patience, stop, place -> parts.accept(new Part.Waiting(place)))) {
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
        return slots.free();
    }

    @Override
    public void close() {
        model.close();
    }
}
