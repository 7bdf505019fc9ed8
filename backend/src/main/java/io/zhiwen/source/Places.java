package io.zhiwen.source;

import io.zhiwen.account.SecretBox;
import io.zhiwen.source.place.Field;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// How places are kept: what may be seen as JSON, what is secret closed.
@Component
final class Places {

    private static final int LONGEST = 4000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final SecretBox box;

    Places(SecretBox box) {
        this.box = box;
    }

    /// @param open as JSON
    /// @param sealed null when there is no secret
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    record Kept(String open, byte @Nullable [] sealed) {}

    /// @param before the secrets that stay where the draft has none
    /// @throws SourceRefused when a field is missing
    Kept close(
            SourceKind kind, SourceId id, Map<String, String> values, Map<String, String> before) {
        Map<String, String> open = new HashMap<>();
        Map<String, String> secrets = new HashMap<>();
        for (Field field : kind.fields()) {
            String said =
                    values.getOrDefault(field.name(), field.standard()).replace("\0", "").strip();
            if (said.isEmpty() && field.isSecret()) {
                said = before.getOrDefault(field.name(), "");
            }
            if (said.isEmpty() && field.required()) {
                throw new SourceRefused(SourceRefused.Reason.FIELD_MISSING, field.name());
            }
            if (said.length() > LONGEST) {
                throw new SourceRefused(SourceRefused.Reason.FIELD_LONG, field.name());
            }
            if (!said.isEmpty() || !field.standard().isEmpty()) {
                (field.isSecret() ? secrets : open).put(field.name(), said);
            }
        }
        return new Kept(
                JSON.writeValueAsString(open),
                secrets.isEmpty() ? null : box.close(JSON.writeValueAsString(secrets), drawer(id)));
    }

    /// The secrets that stay when a place changes.
    ///
    /// @throws SourceRefused when one is kept for another place, and none is given for the new one
    static Map<String, String> staying(
            SourceKind kind,
            Map<String, String> before,
            Map<String, String> now,
            Map<String, String> secrets) {
        if (!kind.confidant(new Place(before)).equals(kind.confidant(new Place(now)))) {
            for (String field : secrets.keySet()) {
                if (now.getOrDefault(field, "").isBlank()) {
                    throw new SourceRefused(SourceRefused.Reason.SECRET_AGAIN, field);
                }
            }
        }
        return secrets;
    }

    Map<String, String> open(String json) {
        return JSON.readValue(json, TEXTS);
    }

    /// @throws SourceUnavailable when it was closed with another secret of the installation
    Map<String, String> secrets(SourceId id, byte @Nullable [] sealed) throws SourceUnavailable {
        if (sealed == null) {
            return Map.of();
        }
        String json =
                box.open(sealed, drawer(id))
                        .orElseThrow(
                                () ->
                                        new SourceUnavailable(
                                                Trouble.SEALED,
                                                "closed with another zhiwen.secret; write it in"
                                                        + " again"));
        return JSON.readValue(json, TEXTS);
    }

    /// All of it, for the kind to open.
    Place whole(SourceId id, String open, byte @Nullable [] sealed) throws SourceUnavailable {
        Map<String, String> all = new HashMap<>(open(open));
        all.putAll(secrets(id, sealed));
        return new Place(all);
    }

    /// What may be told of it, e.g. in the audit trail.
    static String told(Map<String, String> open) {
        return open.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String drawer(SourceId id) {
        return "source:" + id;
    }
}
