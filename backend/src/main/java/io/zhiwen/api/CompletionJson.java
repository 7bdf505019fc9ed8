package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.zhiwen.ask.Answer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answers in the words of OpenAI's API, with one field of our own: `zhiwen`.
final class CompletionJson {

    /// What OpenAI has no field for.
    record Extra(
            List<AnswerJson.CitationJson> citations,
            boolean refused,
            String engine,
            @Nullable String note,
            @JsonProperty("trace_id") UUID traceId) {

        static Extra of(
                Answer answer,
                List<AnswerJson.CitationJson> citations,
                Sentences sentences,
                Locale language) {
            var told = AnswerJson.of(answer, citations, sentences, language);
            return new Extra(
                    told.citations(), told.refused(), told.engine(), told.note(), told.traceId());
        }
    }

    record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("completion_tokens") int completionTokens,
            @JsonProperty("total_tokens") int totalTokens) {

        /// Nothing, when no model was asked.
        static Usage of(Answer answer) {
            var counted = answer.usage();
            return counted == null
                    ? new Usage(0, 0, 0)
                    : new Usage(
                            counted.prompt(),
                            counted.answer(),
                            counted.prompt() + counted.answer());
        }
    }

    record Message(
            @Nullable String role,
            @Nullable String content,
            @JsonProperty("reasoning_content") @Nullable String reasoning) {}

    record Choice(
            int index,
            Message message,
            @JsonInclude @Nullable Object logprobs,
            @JsonProperty("finish_reason") String finishReason) {}

    record Completion(
            String id,
            String object,
            long created,
            String model,
            List<Choice> choices,
            Usage usage,
            Extra zhiwen) {}

    record Piece(
            int index,
            Message delta,
            @JsonInclude @JsonProperty("finish_reason") @Nullable String finishReason) {}

    record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<Piece> choices,
            @Nullable Usage usage,
            @Nullable Extra zhiwen) {}

    record Failed(ErrorJson error) {}

    @JsonInclude
    record ErrorJson(String message, String type, @Nullable String param, String code) {}

    private CompletionJson() {}

    static String finishReason(Answer answer) {
        return answer.isCut() ? "length" : "stop";
    }

    static String newId() {
        return "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    }
}
