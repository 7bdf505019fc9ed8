package io.zhiwen.ask.stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the chunks of an OpenAI-compatible stream.
final class ChunkJson {

    /// What one chunk says.
    ///
    /// @param content a piece of the answer, may be empty
    /// @param reasoning a piece of thinking, may be empty
    /// @param finish why the model ended, when it did
    /// @param usage when the server counts tokens
    record Delta(
            String content, String reasoning, @Nullable String finish, @Nullable Usage usage) {}

    /// Tokens as the server counts them.
    record Usage(int prompt, int answer) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ChunkJson() {}

    /// @throws LlmFailure when it is no JSON object, or says that the server failed
    static Delta read(SseDecoder.Event event) {
        JsonNode root = parsed(event.data());
        if (event.name().equals("error") || root.has("error") || isError(root)) {
            throw new LlmFailure(errorCode(root), message(root));
        }
        JsonNode choice = root.path("choices").path(0);
        JsonNode delta = choice.has("delta") ? choice.path("delta") : choice.path("message");
        String finish = text(choice.path("finish_reason"));
        if ("error".equals(finish)) {
            throw new LlmFailure(LlmFailure.Code.SERVER_ERROR, "the model ended with an error");
        }
        String reasoning = text(delta.path("reasoning_content"));
        if (reasoning.isEmpty()) {
            reasoning = text(delta.path("reasoning"));
        }
        return new Delta(
                text(delta.path("content")),
                reasoning,
                finish.isEmpty() ? null : finish,
                usage(root.path("usage")));
    }

    /// What a server says with a status that is not 200.
    static LlmFailure refusal(int status, String body) {
        LlmFailure.Code code =
                switch (status) {
                    case 429, 503, 529 -> LlmFailure.Code.BUSY;
                    case 413 -> LlmFailure.Code.TOO_LONG;
                    default ->
                            status >= 500
                                    ? LlmFailure.Code.SERVER_ERROR
                                    : isTooLong(body)
                                            ? LlmFailure.Code.TOO_LONG
                                            : LlmFailure.Code.REJECTED;
                };
        return new LlmFailure(code, "HTTP " + status + " " + shortened(body));
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }

    private static JsonNode parsed(String data) {
        try {
            JsonNode root = JSON.readTree(data);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            throw new LlmFailure(LlmFailure.Code.MALFORMED, shortened(data), e);
        }
        throw new LlmFailure(LlmFailure.Code.MALFORMED, shortened(data));
    }

    /// vLLM's older shape: `{"object":"error","message":...}`.
    private static boolean isError(JsonNode root) {
        return root.path("object").asString("").equals("error")
                || (!root.has("choices") && root.has("message") && root.has("code"));
    }

    private static LlmFailure.Code errorCode(JsonNode root) {
        int status = (root.has("error") ? root.path("error") : root).path("code").asInt(0);
        if (status == 429 || status == 503) {
            return LlmFailure.Code.BUSY;
        }
        return isTooLong(root.toString()) ? LlmFailure.Code.TOO_LONG : LlmFailure.Code.SERVER_ERROR;
    }

    private static boolean isTooLong(String body) {
        return body.contains("exceed_context_size")
                || body.contains("context_length_exceeded")
                || body.contains("maximum context length")
                || body.contains("available context size");
    }

    private static String message(JsonNode root) {
        JsonNode error = root.has("error") ? root.path("error") : root;
        return shortened(error.isObject() ? error.path("message").asString("") : error.toString());
    }

    private static @Nullable Usage usage(JsonNode usage) {
        return usage.isObject()
                ? new Usage(
                        usage.path("prompt_tokens").asInt(0),
                        usage.path("completion_tokens").asInt(0))
                : null;
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }
}
