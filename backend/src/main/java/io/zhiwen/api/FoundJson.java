package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.search.FoundDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A document that was found, with what it can be filtered by.
@Schema(name = "FoundDocument")
record FoundJson(
        UUID id,
        String name,
        @Schema(description = "Empty for one without a name.", example = "PDF") String type,
        @JsonProperty("uploaded_at") Instant uploadedAt,
        List<String> tags,
        @Schema(description = "The names of its folders, from the top down.") List<String> folder,
        @Nullable String owner,
        @Schema(
                        description = "Its values in the fields of its base, by their names.",
                        example = "{\"Department\": \"Sales\", \"Value\": 1200, \"Signed\": true}")
                Map<String, Object> fields) {

    static FoundJson of(FoundDocument document) {
        return new FoundJson(
                document.id().value(),
                document.name(),
                document.type(),
                document.at(),
                document.tags(),
                document.path(),
                document.owner().isEmpty() ? null : document.owner(),
                document.values());
    }
}
