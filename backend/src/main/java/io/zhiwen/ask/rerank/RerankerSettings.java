package io.zhiwen.ask.rerank;

import io.zhiwen.ask.retrieve.RetrievalProfile.RerankerKind;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// A cross-encoder: on a server, or in a file.
///
/// @param url up to and with `/v1`, as of a chat model; empty for none
/// @param model as the server names it, empty where it has one only; without a server the ONNX
/// file, whose `tokenizer.json` stands beside it
/// @param key sent as a bearer token; empty for none
@ConfigurationProperties("zhiwen.reranker")
public record RerankerSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String model,
        @DefaultValue("") String key) {

    /// @throws IllegalArgumentException when the URL cannot be one
    public RerankerSettings {
        url = url.strip().replaceFirst("/+$", "");
        if (!url.isEmpty()
                && (!url.matches("(?i)https?://.+") || URI.create(url).getHost() == null)) {
            throw new IllegalArgumentException(
                    "zhiwen.reranker.url must be like http://127.0.0.1:8081/v1, and is " + url);
        }
    }

    public boolean isSet() {
        return !url.isEmpty();
    }

    /// Whether it names a file.
    public boolean isFile() {
        return url.isEmpty() && !model.isEmpty();
    }

    /// Whether it has what this kind of reranker needs.
    public boolean allows(RerankerKind kind) {
        return switch (kind) {
            case NONE, LATE_INTERACTION -> true;
            case SERVER -> isSet();
            case ONNX -> isFile();
        };
    }

    URI endpoint() {
        return URI.create(url + "/rerank");
    }
}
