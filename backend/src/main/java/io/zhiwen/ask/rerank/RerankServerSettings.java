package io.zhiwen.ask.rerank;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// A server with a cross-encoder.
///
/// @param url up to and with `/v1`, as of a chat model; empty for none
/// @param model as the server names it; empty where it has one only
/// @param key sent as a bearer token; empty for none
@ConfigurationProperties("zhiwen.reranker")
public record RerankServerSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String model,
        @DefaultValue("") String key) {

    /// @throws IllegalArgumentException when the URL cannot be one
    public RerankServerSettings {
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

    URI endpoint() {
        return URI.create(url + "/rerank");
    }
}
