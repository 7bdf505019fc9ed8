package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.zhiwen.ask.question.Turn;
import io.zhiwen.ask.stream.Sampling;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/// A chat as OpenAI's clients send it. What a base has its own way of, such as tools and system
/// messages, is taken and has no effect.
///
/// @param folderIds ours: of the model's bases nothing but these folders, with all below them
/// @param documentIds ours: and nothing but these documents
@JsonIgnoreProperties(ignoreUnknown = true)
record CompletionRequest(
        @NotBlank String model,
        @NotEmpty List<@Valid @NotNull Message> messages,
        @Nullable Boolean stream,
        @JsonProperty("stream_options") @Nullable StreamOptions streamOptions,
        @Min(1) @Max(1) @Nullable Integer n,
        @DecimalMin("0") @DecimalMax("2") @Nullable Double temperature,
        @JsonProperty("top_p") @DecimalMin(value = "0", inclusive = false) @DecimalMax("1")
                @Nullable Double topP,
        @JsonProperty("max_tokens") @Min(1) @Nullable Integer maxTokens,
        @JsonProperty("max_completion_tokens") @Min(1) @Nullable Integer maxCompletionTokens,
        @Nullable Long seed,
        @JsonProperty("folder_ids") @Size(max = 1000) @Nullable List<@NotNull String> folderIds,
        @JsonProperty("document_ids") @Size(max = 1000)
                @Nullable List<@NotNull String> documentIds) {

    /// @param content a text, or a list of parts of which only texts are taken
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Message(@NotBlank String role, @Nullable JsonNode content) {

        private String text() {
            if (content == null || content.isNull()) {
                return "";
            }
            if (content.isString()) {
                return content.stringValue();
            }
            if (!content.isArray()) {
                throw unusable("A message's content is a text or a list of texts.");
            }
            List<String> texts = new ArrayList<>();
            for (JsonNode part : content) {
                if (!part.path("text").isString()) {
                    throw unusable("Only text can be sent, no pictures, sound or files.");
                }
                texts.add(part.path("text").stringValue());
            }
            return String.join("\n", texts);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record StreamOptions(@JsonProperty("include_usage") @Nullable Boolean includeUsage) {}

    /// What is asked now, and what was said before, oldest first.
    record Chat(String question, List<Turn> history) {}

    /// @throws Refused when the last message is no question
    Chat chat() {
        List<Turn> history = new ArrayList<>();
        String open = null;
        for (Message message : messages) {
            switch (message.role()) {
                case "user" -> open = message.text();
                case "assistant" -> {
                    if (open != null) {
                        history.add(new Turn(open, message.text()));
                        open = null;
                    }
                }
                case "system", "developer" -> {}
                default -> throw unusable("There are no messages of the role " + message.role());
            }
        }
        if (open == null) {
            throw unusable("The last message must be the user's.");
        }
        return new Chat(open, history);
    }

    /// As it is sent to the model, where one writes.
    Sampling sampling() {
        return new Sampling(
                temperature,
                topP,
                maxCompletionTokens == null ? maxTokens : maxCompletionTokens,
                seed);
    }

    boolean wantsStream() {
        return Boolean.TRUE.equals(stream);
    }

    boolean wantsUsage() {
        return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
    }

    private static Refused unusable(String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, "invalid-messages", detail, "messages");
    }
}
