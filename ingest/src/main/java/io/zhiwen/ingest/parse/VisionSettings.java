package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.Picture.Use;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// A server with a model that sees, under `zhiwen.vision`.
///
/// @param url up to and with `/v1`; empty for none
/// @param model as the server names it
/// @param key sent as a bearer token; empty for none
/// @param timeLimit for one page or figure
/// @param mostPages of one document, figures among them; further ones stay as they are
/// @param uses what it is for
public record VisionSettings(
        String url, String model, String key, Duration timeLimit, int mostPages, Set<Use> uses) {

    /// Nobody looks at pictures.
    public static final VisionSettings NONE =
            new VisionSettings("", "", "", Duration.ofSeconds(90), 30, Set.of());

    /// All pictures of a document are held in memory while it is read.
    private static final int MOST = 500;

    /// @throws IllegalArgumentException when it makes no sense, naming the setting
    public VisionSettings {
        url = url.strip().replaceFirst("/+$", "");
        model = model.strip();
        uses = Set.copyOf(uses);
        if (!url.isEmpty()
                && (!url.matches("(?i)https?://.+") || URI.create(url).getHost() == null)) {
            throw new IllegalArgumentException(
                    "zhiwen.vision.url must be like http://127.0.0.1:8084/v1, and is " + url);
        }
        if (url.isEmpty() != model.isEmpty()) {
            throw new IllegalArgumentException(
                    "zhiwen.vision.url and zhiwen.vision.model go together");
        }
        if (!timeLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "zhiwen.vision.time-limit must be more than nothing");
        }
        if (mostPages < 1 || mostPages > MOST) {
            throw new IllegalArgumentException(
                    "zhiwen.vision.most-pages must be from 1 to " + MOST + ", and is " + mostPages);
        }
    }

    public boolean isSet() {
        return !url.isEmpty();
    }

    /// What a parser is to keep for it.
    public PictureSettings pictures() {
        return isSet() ? new PictureSettings(uses, mostPages) : PictureSettings.NONE;
    }

    URI endpoint() {
        return URI.create(url + "/chat/completions");
    }
}
