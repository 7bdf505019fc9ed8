package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.source.ReportLine;
import io.zhiwen.source.RunRow;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "SourceRun", description = "One reading of a source.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceRunJson(
        UUID id,
        @Schema(
                        allowableValues = {"sync", "try", "accept"},
                        description =
                                "`try` says what it would do and does nothing; `accept` takes away"
                                        + " whatever is gone, however much it is.")
                String mode,
        @Schema(allowableValues = {"waiting", "running", "done", "failed", "stopped"}) String state,
        @JsonProperty("asked_by") @Nullable String askedBy,
        @JsonProperty("asked_at") Instant askedAt,
        @JsonProperty("started_at") @Nullable Instant startedAt,
        @JsonProperty("finished_at") @Nullable Instant finishedAt,
        @Schema(description = "As they were.") int same,
        int added,
        int changed,
        int deleted,
        @Schema(description = "There, and not brought.") @JsonProperty("left_out") int leftOut,
        @Schema(description = "Gone, and not taken away all the same.") int missing,
        @Schema(description = "Why it failed, or why nothing was taken away.")
                @Nullable String reason,
        @Nullable String detail) {

    static SourceRunJson of(RunRow run) {
        return new SourceRunJson(
                run.id(),
                run.mode().word(),
                run.state().word(),
                run.askedBy(),
                run.askedAt(),
                run.startedAt(),
                run.finishedAt(),
                run.same(),
                run.added(),
                run.changed(),
                run.deleted(),
                run.leftOut(),
                run.missing(),
                code(run.reason()),
                run.detail());
    }

    private static @Nullable String code(@Nullable String reason) {
        return reason == null ? null : reason.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Schema(name = "SourceReportLine", description = "What a run did with one thing.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineJson(
            String address,
            @Schema(allowableValues = {"added", "changed", "deleted", "left_out", "missing"})
                    String what,
            @Nullable String reason,
            @Nullable String detail,
            @JsonProperty("document_id") @Nullable UUID documentId) {

        static LineJson of(ReportLine line) {
            var reason = line.reason();
            var document = line.document();
            return new LineJson(
                    line.address(),
                    line.what().word(),
                    reason == null ? null : reason.code(),
                    line.detail(),
                    document == null ? null : document.value());
        }
    }
}
