package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.library.KnowledgeBase;
import java.time.Instant;
import java.util.UUID;

@Schema(name = "KnowledgeBase", description = "A set of documents that is searched as one.")
record BaseJson(
        UUID id,
        @Schema(example = "Handbook") String name,
        @JsonProperty("created_at") Instant createdAt,
        @Schema(description = "All documents.") long documents,
        @Schema(description = "Documents that can be found.") long ready,
        @Schema(description = "Documents whose newest version could not be read.") long failed) {

    static BaseJson of(KnowledgeBase base) {
        return new BaseJson(
                base.id().value(),
                base.name(),
                base.createdAt(),
                base.documents(),
                base.ready(),
                base.failed());
    }
}
