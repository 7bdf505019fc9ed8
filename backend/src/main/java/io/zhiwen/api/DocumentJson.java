package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Document", description = "A document and how the work on its newest version goes.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DocumentJson(
        UUID id,
        @Schema(example = "handbook.pdf") String name,
        @Schema(allowableValues = {"queued", "parsing", "embedding", "ready", "failed"})
                String status,
        @Schema(description = "Why it failed, in the language of `Accept-Language` (en, zh).")
                @Nullable String reason,
        @Schema(description = "The same for programs.", example = "no-text-layer")
                @JsonProperty("reason_code")
                @Nullable String reasonCode,
        @Schema(description = "Passages, when ready.") @Nullable Integer chunks,
        @Schema(description = "Pages, where the type has them.") @Nullable Integer pages,
        @Nullable ProgressJson progress,
        @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
        @Schema(description = "The newest, from 1.") int version,
        @Schema(description = "Whether some version of it can be found.") boolean live,
        long bytes,
        @Schema(description = "What the content is.", example = "application/pdf")
                @JsonProperty("media_type")
                @Nullable String mediaType,
        @Schema(description = "Whether the name promises another type than the content is.")
                @JsonProperty("type_mismatch")
                boolean typeMismatch,
        @JsonProperty("uploaded_by") String uploadedBy,
        @JsonProperty("uploaded_at") Instant uploadedAt,
        @JsonProperty("updated_at") Instant updatedAt,
        @Schema(description = "false: kept, but out of search and answers.") boolean enabled,
        @Schema(
                        description = "Whether it is found today.",
                        allowableValues = {"in-force", "off", "not-yet", "expired"})
                String validity,
        @Schema(description = "The first day it is found.") @JsonProperty("valid_from")
                @Nullable LocalDate validFrom,
        @Schema(description = "The last day it is found.") @JsonProperty("valid_until")
                @Nullable LocalDate validUntil,
        @Schema(description = "What took its place.") @JsonProperty("superseded_by")
                @Nullable UUID supersededBy,
        @Schema(description = "Who answers for it.") @Nullable String owner,
        @Schema(description = "Absent at the top of the base.") @JsonProperty("folder_id")
                @Nullable UUID folderId,
        List<String> tags,
        @Schema(description = "The archive or mail it came in.") @JsonProperty("parent_id")
                @Nullable UUID parentId,
        @Schema(description = "What it is called there.", example = "offers/2026.xlsx")
                @Nullable String path,
        @Schema(description = "The documents that came in it.") @Nullable PartsJson parts,
        @Schema(description = "Where to open what it was made from, e.g. the web page.")
                @Nullable String link,
        @Schema(description = "What it has in the fields of its base, by their names.")
                Map<String, Object> fields) {

    @Schema(name = "Parts", description = "How many came in an archive or mail, and how they go.")
    record PartsJson(int total, int failed, int working) {}

    @Schema(
            name = "Progress",
            description =
                    "Of all: pages read of a long PDF while parsing, passages embedded while embedding.")
    record ProgressJson(int done, int total) {}

    static DocumentJson of(DocumentRow row, Sentences sentences, Locale language) {
        var inside = row.inside();
        var parts = row.parts();
        var failed = row.status() == Status.FAILED ? row.reasonCode() : null;
        var life = row.life();
        var successor = life.supersededBy();
        var folder = row.folder();
        return new DocumentJson(
                row.id().value(),
                row.name(),
                row.status().code(),
                row.status() == Status.FAILED
                        ? sentences.reason(failed, row.reasonDetail(), language)
                        : null,
                failed == null ? null : Sentences.code(failed),
                row.status() == Status.READY ? row.chunks() : null,
                row.pages(),
                row.status().isCounted() && row.progressTotal() > 0
                        ? new ProgressJson(row.progressDone(), row.progressTotal())
                        : null,
                row.base().value(),
                row.version(),
                row.live(),
                row.bytes(),
                row.mediaType(),
                row.typeMismatch(),
                row.uploadedBy(),
                row.uploadedAt(),
                row.updatedAt(),
                life.enabled(),
                life.state().code(),
                life.validFrom(),
                life.validUntil(),
                successor == null ? null : successor.id().value(),
                life.owner(),
                folder == null ? null : folder.value(),
                row.tags(),
                inside == null ? null : inside.document().value(),
                inside == null ? null : inside.path(),
                parts.all() == 0
                        ? null
                        : new PartsJson(parts.all(), parts.failed(), parts.working()),
                row.link(),
                GivenFields.of(row.fields()));
    }
}
