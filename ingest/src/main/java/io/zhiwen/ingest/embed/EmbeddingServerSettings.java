package io.zhiwen.ingest.embed;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A server that embeds.
///
/// @param url up to and with `/v1`; empty for none
/// @param models as the server names them; a base chooses one
/// @param key sent as a bearer token; empty for none
/// @param questionPrefix before each question, for models that were trained with one
/// @param passagePrefix before each passage
/// @param maxChars of one text; what is longer is cut
/// @param batch texts in one request
/// @param timeLimit for one request
public record EmbeddingServerSettings(
        String url,
        List<String> models,
        String key,
        String questionPrefix,
        String passagePrefix,
        int maxChars,
        int batch,
        Duration timeLimit) {

    /// Nobody embeds but the bundled encoders.
    public static final EmbeddingServerSettings NONE =
            new EmbeddingServerSettings(
                    "", List.of(), "", "", "", 8_000, 16, Duration.ofSeconds(30));

    private static final int LARGEST_BATCH = 64;

    /// @throws IllegalArgumentException when it makes no sense, naming the setting
    public EmbeddingServerSettings {
        url = url.strip().replaceFirst("/+$", "");
        models = models.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
        if (!url.isEmpty()
                && (!url.matches("(?i)https?://.+") || URI.create(url).getHost() == null)) {
            throw new IllegalArgumentException(
                    "zhiwen.embedding.url must be like http://127.0.0.1:8082/v1, and is " + url);
        }
        if (url.isEmpty() != models.isEmpty()) {
            throw new IllegalArgumentException(
                    "zhiwen.embedding.url and zhiwen.embedding.models go together");
        }
        if (maxChars < 100 || batch < 1 || batch > LARGEST_BATCH || !timeLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "zhiwen.embedding.max-chars is 100 at least, batch 1 to "
                            + LARGEST_BATCH
                            + ", time-limit more than nothing");
        }
    }

    public boolean isSet() {
        return !url.isEmpty();
    }

    URI endpoint() {
        return URI.create(url + "/embeddings");
    }
}
