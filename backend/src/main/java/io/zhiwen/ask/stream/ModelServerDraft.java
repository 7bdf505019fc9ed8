package io.zhiwen.ask.stream;

import static java.util.Objects.requireNonNullElse;

import io.zhiwen.ask.stream.ModelServerRefused.Reason;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What an admin sets; checked when it is made.
///
/// @param sampling how it chooses words; what is null is as the environment says
/// @param key null to keep the one there is, empty for none
public record ModelServerDraft(
        String name,
        String url,
        String model,
        @Nullable String key,
        int slots,
        int contextTokens,
        int maxTokens,
        Sampling sampling) {

    private static final int USUAL_SLOTS = 4;
    private static final int USUAL_CONTEXT = 8192;
    private static final int USUAL_ANSWER = 1500;

    private static final int LONGEST_NAME = 80;
    private static final int SMALLEST_CONTEXT = 512;
    private static final int LARGEST_CONTEXT = 2_000_000;

    /// Of the context, at most, for the answer.
    private static final int SHARE = 2;

    /// @throws ModelServerRefused when it cannot be one
    public ModelServerDraft {
        name = name.strip();
        url = url.strip();
        model = model.isBlank() ? "default" : model.strip();
        key = key == null ? null : key.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new ModelServerRefused(Reason.NAME);
        }
        if (!ModelAddress.isUsable(url)) {
            throw new ModelServerRefused(Reason.URL);
        }
        if (!ModelAddress.isAllowed(URI.create(url))) {
            throw new ModelServerRefused(Reason.URL_FORBIDDEN);
        }
        if (slots < 1 || slots > 1000) {
            throw new ModelServerRefused(Reason.SLOTS);
        }
        if (contextTokens < SMALLEST_CONTEXT
                || contextTokens > LARGEST_CONTEXT
                || maxTokens < 1
                || maxTokens > contextTokens / SHARE) {
            throw new ModelServerRefused(Reason.CONTEXT);
        }
    }

    /// As it was sent; what was not is as usual.
    ///
    /// @throws ModelServerRefused when it cannot be one
    public static ModelServerDraft of(
            @Nullable String name,
            @Nullable String url,
            @Nullable String model,
            @Nullable String key,
            @Nullable Integer slots,
            @Nullable Integer contextTokens,
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Long seed) {
        return new ModelServerDraft(
                requireNonNullElse(name, ""),
                requireNonNullElse(url, ""),
                requireNonNullElse(model, ""),
                key,
                requireNonNullElse(slots, USUAL_SLOTS),
                requireNonNullElse(contextTokens, USUAL_CONTEXT),
                requireNonNullElse(maxTokens, USUAL_ANSWER),
                sampling(temperature, topP, seed));
    }

    private static Sampling sampling(
            @Nullable Double temperature, @Nullable Double topP, @Nullable Long seed) {
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new ModelServerRefused(Reason.TEMPERATURE);
        }
        if (topP != null && !(topP > 0 && topP <= 1)) {
            throw new ModelServerRefused(Reason.TOP_P);
        }
        return new Sampling(temperature, topP, null, seed);
    }

    /// Without the key.
    @Override
    public String toString() {
        return "ModelServerDraft[" + name + ", " + url + ", " + model + "]";
    }
}
