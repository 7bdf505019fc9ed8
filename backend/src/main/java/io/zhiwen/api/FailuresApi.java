package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FailureGroup;
import io.zhiwen.library.Failures;
import io.zhiwen.library.RetryRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/failures")
@Tag(name = "Documents")
class FailuresApi {

    @Schema(name = "FailureGroup", description = "Documents that failed for one reason.")
    record GroupJson(
            @Schema(example = "no-text-layer") String reason,
            @Schema(description = "In the language of `Accept-Language` (en, zh).") String text,
            int documents,
            @Schema(description = "Those of them that another try may help.") int retriable) {}

    @Schema(name = "RetryRun", description = "Documents that were tried again together.")
    record RunJson(
            UUID id,
            @Schema(description = "For which they had failed.") String reason,
            @JsonProperty("asked_by") String askedBy,
            @JsonProperty("asked_at") Instant askedAt,
            @Schema(description = "How many; none of those deleted or replaced since.")
                    int documents,
            int ready,
            int failed,
            int working) {

        static RunJson of(RetryRun run) {
            return new RunJson(
                    run.id(),
                    Sentences.code(run.reason()),
                    run.by(),
                    run.at(),
                    run.documents(),
                    run.ready(),
                    run.failed(),
                    run.working());
        }
    }

    @Schema(name = "Failures")
    record FailuresJson(
            @Schema(description = "The largest first.") List<GroupJson> items,
            @Schema(description = "The newest first.") List<RunJson> retries) {}

    @Schema(name = "Retried")
    record RetriedJson(
            @Schema(description = "How many are tried again; 0 when none was left.")
                    int documents) {}

    private final Failures failures;
    private final Sentences sentences;

    FailuresApi(Failures failures, Sentences sentences) {
        this.failures = failures;
        this.sentences = sentences;
    }

    @GetMapping
    @Operation(
            summary = "See what failed in a base, by reason",
            description = "And how far those are that were tried again together.")
    FailuresJson all(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var base = new KnowledgeBaseId(id);
        var language = Sentences.language(headers);
        return new FailuresJson(
                failures.of(principal, base).stream().map(g -> json(g, language)).toList(),
                failures.runs(principal, base).stream().map(RunJson::of).toList());
    }

    @PostMapping("/{reason}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Try all again that failed for one reason",
            description =
                    "E.g. `no-text-layer` when Tesseract has been installed. Of what can never be read"
                            + " (empty, encrypted) none is tried. Asked twice, nothing is tried twice.")
    RetriedJson retry(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(description = "As the list says it.") @PathVariable String reason) {
        var code = reason.toUpperCase(Locale.ROOT).replace('-', '_');
        return new RetriedJson(
                failures.retry(principal, new KnowledgeBaseId(id), code)
                        .map(RetryRun::documents)
                        .orElse(0));
    }

    private GroupJson json(FailureGroup group, Locale language) {
        return new GroupJson(
                Sentences.code(group.reason()),
                sentences.reason(group.reason(), language),
                group.documents(),
                group.retriable());
    }
}
