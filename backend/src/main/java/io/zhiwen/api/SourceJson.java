package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.source.SourceRow;
import io.zhiwen.source.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Source", description = "A place outside that a base is filled from.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceJson(
        UUID id,
        @Schema(example = "folder") String kind,
        String name,
        @Schema(description = "What one recognises the place by.") String where,
        @Schema(description = "Of its kind; secrets are never told.") Map<String, String> fields,
        @Schema(description = "Whether secrets are kept for it.") @JsonProperty("has_secret")
                boolean hasSecret,
        @Schema(description = "Of the base, which its documents are put into.")
                @JsonProperty("folder_id")
                @Nullable UUID folderId,
        @Schema(description = "Left out: it is read only when somebody asks.")
                @JsonProperty("every_minutes")
                @Nullable Integer everyMinutes,
        boolean paused,
        @Schema(description = "That it holds now.") long documents,
        @JsonProperty("created_at") Instant createdAt,
        @Schema(description = "When it is read next without being asked.") @JsonProperty("due_at")
                @Nullable Instant dueAt,
        @JsonProperty("last_run") @Nullable SourceRunJson lastRun) {

    static SourceJson of(SourceRow row) {
        var folder = row.folder();
        var last = row.last();
        return new SourceJson(
                row.id().value(),
                row.kind(),
                row.name(),
                row.where(),
                row.place(),
                row.sealed(),
                folder == null ? null : folder.value(),
                row.everyMinutes(),
                row.paused(),
                row.documents(),
                row.createdAt(),
                row.paused() ? null : row.dueAt(),
                last == null ? null : SourceRunJson.of(last));
    }

    @Schema(name = "SourceTrial", description = "What came of trying a source out.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TrialJson(
            boolean ok,
            @Schema(example = "unreachable") @Nullable String trouble,
            @Nullable String detail,
            @Schema(description = "Of the first things in it.") List<String> names) {

        static TrialJson of(Trial trial) {
            var trouble = trial.trouble();
            return new TrialJson(
                    trouble == null,
                    trouble == null ? null : trouble.code(),
                    trouble == null ? null : trial.detail(),
                    trial.names());
        }
    }
}
