package io.zhiwen.ask.stream;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The chat model, any OpenAI-compatible server. Without a `url` the passages answer themselves.
///
/// @param url of the server, with or without `/v1` at its end; empty for no model
/// @param model name as the server knows it; servers with one model ignore it
/// @param key sent as a bearer token; empty for none
/// @param connectTimeout until the server takes the connection
/// @param firstTokenTimeout until it says something
/// @param idleTimeout between two pieces of an answer
/// @param queueTimeout for a free slot
/// @param rewriteTimeout for making a follow-up stand alone; a summary of older turns gets three
/// times as long
/// @param slots how many answers the server writes at once, for all nodes together
/// @param maxTokens of one answer, thinking included
/// @param temperature 0 for the most likely words
@Validated
@ConfigurationProperties("zhiwen.llm")
public record LlmSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String model,
        @DefaultValue("") String key,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration firstTokenTimeout,
        @DefaultValue("15s") Duration idleTimeout,
        @DefaultValue("60s") Duration queueTimeout,
        @DefaultValue("4s") Duration rewriteTimeout,
        @DefaultValue("4") @Min(1) @Max(1000) int slots,
        @DefaultValue("1500") @Min(1) @Max(100_000) int maxTokens,
        @DefaultValue("0.2") @DecimalMin("0") @DecimalMax("2") double temperature) {

    public LlmSettings {
        url = url.strip();
        model = model.isBlank() ? "default" : model.strip();
        key = key.strip();
        if (!url.isEmpty() && !url.matches("(?i)https?://[^/\\s?#]+[^\\s?#]*")) {
            throw new IllegalArgumentException(
                    "zhiwen.llm.url (ZHIWEN_LLM_URL) is no http or https address: " + url);
        }
    }

    public boolean isConfigured() {
        return !url.isEmpty();
    }

    /// Where chats are posted. A path that ends in a version, as `/v1` or `/api/v3`, is taken as it
    /// is; to any other `/v1` is added.
    URI chat() {
        String base = url.replaceFirst("/+$", "").replaceFirst("/chat/completions$", "");
        return URI.create(
                (base.matches(".*/v\\d+(beta)?(/openai)?$") ? base : base + "/v1")
                        + "/chat/completions");
    }

    /// Where the server counts tokens, if it does: beside its `/v1`.
    URI tokenize() {
        return URI.create(
                chat().toString().replaceFirst("(/v\\d+(beta)?)?(/openai)?/chat/completions$", "")
                        + "/tokenize");
    }

    /// Without what may be secret in it.
    String shownUrl() {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    /// Without the key.
    @Override
    public String toString() {
        return "LlmSettings[" + shownUrl() + ", " + model + ", " + slots + " slots]";
    }
}
