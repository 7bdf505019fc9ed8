package io.zhiwen.ask.stream;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A model server as an admin or the environment sets it up.
///
/// @param url with or without `/v1` at its end
/// @param key sent as a bearer token; empty for none; null when it was closed with another secret
/// than this node has
/// @param slots how many answers it writes at once, for all nodes together
/// @param contextTokens what it holds for one request, question and answer together
/// @param maxTokens of one answer
/// @param sampling without a longest answer of its own
public record ModelServer(
        UUID id,
        String name,
        String url,
        String model,
        @Nullable String key,
        int slots,
        int contextTokens,
        int maxTokens,
        Sampling sampling) {

    /// The id of the one the environment names.
    public static final UUID ENVIRONMENT = new UUID(0, 0);

    public boolean isOfEnvironment() {
        return id.equals(ENVIRONMENT);
    }

    /// What all nodes know its places by: its id, or its address where it is named by each node's
    /// environment.
    public UUID place() {
        return isOfEnvironment()
                ? UUID.nameUUIDFromBytes((url + " " + model).getBytes(StandardCharsets.UTF_8))
                : id;
    }

    /// `none`, `kept` or `unreadable`: all that anybody gets to know of the key.
    public String keyState() {
        return key == null ? "unreadable" : key.isEmpty() ? "none" : "kept";
    }

    /// With the timeouts all servers share.
    LlmSettings settings(LlmSettings shared) {
        return new LlmSettings(
                url,
                model,
                key == null ? "" : key,
                shared.connectTimeout(),
                shared.firstTokenTimeout(),
                shared.idleTimeout(),
                shared.queueTimeout(),
                shared.rewriteTimeout(),
                slots,
                maxTokens,
                shared.temperature());
    }

    /// Without the key.
    @Override
    public String toString() {
        return "ModelServer[" + name + ", " + url + ", " + model + ", " + slots + " slots]";
    }
}
