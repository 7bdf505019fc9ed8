package io.zhiwen.ingest.parse;

import java.net.URI;
import java.time.Duration;

/// A server that writes down what is said in sound files, under `zhiwen.transcription`.
///
/// @param url up to and with `/v1`; empty for none
/// @param model as the server names it
/// @param key sent as a bearer token; empty for none
/// @param timeLimit for one file
public record TranscriptionSettings(String url, String model, String key, Duration timeLimit) {

    /// Sound stays unread.
    public static final TranscriptionSettings NONE =
            new TranscriptionSettings("", "", "", Duration.ofMinutes(30));

    /// @throws IllegalArgumentException when it makes no sense, naming the setting
    public TranscriptionSettings {
        url = url.strip().replaceFirst("/+$", "");
        model = model.strip();
        if (!url.isEmpty()
                && (!url.matches("(?i)https?://.+") || URI.create(url).getHost() == null)) {
            throw new IllegalArgumentException(
                    "zhiwen.transcription.url must be like http://127.0.0.1:8083/v1, and is "
                            + url);
        }
        if (url.isEmpty() != model.isEmpty()) {
            throw new IllegalArgumentException(
                    "zhiwen.transcription.url and zhiwen.transcription.model go together");
        }
        if (!timeLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "zhiwen.transcription.time-limit must be more than nothing");
        }
    }

    public boolean isSet() {
        return !url.isEmpty();
    }

    URI endpoint() {
        return URI.create(url + "/audio/transcriptions");
    }
}
