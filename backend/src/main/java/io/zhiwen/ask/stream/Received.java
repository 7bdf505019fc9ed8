package io.zhiwen.ask.stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/// What a stream said so far. Guarded by the lock of its stream.
final class Received {

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private volatile @Nullable String finish;
    private ChunkJson.@Nullable Usage usage;

    void add(ChunkJson.Delta delta) {
        finish = delta.finish() == null ? finish : delta.finish();
        usage = delta.usage() == null ? usage : delta.usage();
        thinking.append(delta.reasoning());
        text.append(delta.content());
    }

    boolean isFinished() {
        return finish != null;
    }

    boolean hasBegun() {
        return text.length() + thinking.length() > 0;
    }

    ChatResponse whole() {
        AiMessage.Builder message = AiMessage.builder().text(text.toString());
        if (!thinking.isEmpty()) {
            message.thinking(thinking.toString());
        }
        ChatResponse.Builder response =
                ChatResponse.builder().aiMessage(message.build()).finishReason(reason(finish));
        if (usage != null) {
            response.tokenUsage(new TokenUsage(usage.prompt(), usage.answer()));
        }
        return response.build();
    }

    private static FinishReason reason(@Nullable String finish) {
        return switch (finish) {
            case null -> FinishReason.STOP;
            case "stop", "eos", "eos_token", "end_turn" -> FinishReason.STOP;
            case "length", "max_tokens" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            case "tool_calls", "function_call" -> FinishReason.TOOL_EXECUTION;
            default -> FinishReason.OTHER;
        };
    }
}
