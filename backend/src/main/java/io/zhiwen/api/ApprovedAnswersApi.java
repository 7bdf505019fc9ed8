package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.curate.ApprovedAnswer;
import io.zhiwen.curate.ApprovedAnswers;
import io.zhiwen.curate.ApprovedDraft;
import io.zhiwen.curate.ApprovedFile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@Tag(name = "Approved answers")
class ApprovedAnswersApi {

    private static final String OF_BASE = "/api/v1/knowledge-bases/{id}/approved-answers";
    private static final String ONE = "/api/v1/approved-answers/{answer}";

    @Schema(name = "ApprovedAnswerRequest")
    record Wanted(
            @Schema(description = "Ways to ask for it; the first names it.") @NotNull
                    List<@NotBlank String> questions,
            @Schema(description = "Markdown; `[n]` cites the nth source.") @NotBlank String answer,
            @Schema(description = "What it rests on; at least one.") @NotNull
                    List<@Valid @NotNull Source> sources,
            @Schema(description = "The last day it is given.") @JsonProperty("expires_on")
                    @Nullable LocalDate expiresOn) {

        ApprovedDraft draft() {
            return new ApprovedDraft(
                    questions, answer, sources.stream().map(Source::draft).toList(), expiresOn);
        }
    }

    @Schema(name = "ApprovedAnswerSource")
    record Source(
            @NotNull UUID document,
            @Schema(description = "Words of it that bear the answer out.") @Nullable String quote) {

        ApprovedDraft.Source draft() {
            return new ApprovedDraft.Source(document, Objects.requireNonNullElse(quote, ""));
        }
    }

    @Schema(name = "ApprovedAnswer")
    record ApprovedJson(
            UUID id,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
            List<String> questions,
            String answer,
            List<SourceJson> sources,
            @JsonProperty("approved_by") String approvedBy,
            @JsonProperty("approved_at") Instant approvedAt,
            @JsonProperty("expires_on") @Nullable LocalDate expiresOn,
            @Schema(description = "given, expired, source-gone or source-changed.") String state,
            @Schema(description = "How often readers got it.") long given) {

        record SourceJson(DocumentRef document, String quote) {}

        static ApprovedJson of(ApprovedAnswer one) {
            return new ApprovedJson(
                    one.id(),
                    one.base().value(),
                    one.questions(),
                    one.text(),
                    one.sources().stream()
                            .map(
                                    source ->
                                            new SourceJson(
                                                    new DocumentRef(
                                                            source.document(), source.name()),
                                                    source.quote()))
                            .toList(),
                    one.by(),
                    one.approvedAt(),
                    one.expiresOn(),
                    one.state().code(),
                    one.given());
        }
    }

    @Schema(name = "ApprovedImport")
    record Imported(int added, int replaced) {}

    private final ApprovedAnswers answers;
    private final ApprovedFile file;
    private final Access access;

    ApprovedAnswersApi(ApprovedAnswers answers, ApprovedFile file, Access access) {
        this.access = access;
        this.answers = answers;
        this.file = file;
    }

    @GetMapping(OF_BASE)
    @Operation(
            summary = "List approved answers",
            description = "For keys that manage the base. Newest first.")
    Page<ApprovedJson> list(
            Principal principal,
            @PathVariable UUID id,
            @Schema(description = "Words that one of its questions or the answer holds.")
                    @RequestParam(defaultValue = "")
                    String q,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit) {
        var behind = cursor == null ? null : TimeCursor.read(cursor);
        var rows =
                answers.after(
                        principal,
                        new KnowledgeBaseId(id),
                        q.strip(),
                        behind == null ? null : behind.at(),
                        behind == null ? null : behind.id(),
                        limit + 1);
        var page = rows.subList(0, Math.min(limit, rows.size()));
        return new Page<>(
                page.stream().map(ApprovedJson::of).toList(),
                rows.size() > limit
                        ? new TimeCursor(page.getLast().addedAt(), page.getLast().id()).write()
                        : null);
    }

    @GetMapping(path = OF_BASE + "/export", produces = "text/csv")
    @Operation(summary = "Export approved answers as CSV")
    String exporting(Principal principal, @PathVariable UUID id) {
        return ApprovedFile.write(answers.export(principal, new KnowledgeBaseId(id)));
    }

    @PostMapping(OF_BASE)
    @Operation(
            summary = "Approve an answer",
            description = "It is given from now on, before any model is asked.")
    ResponseEntity<ApprovedJson> add(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var made = answers.add(principal, new KnowledgeBaseId(id), wanted.draft());
        return ResponseEntity.created(URI.create("/api/v1/approved-answers/" + made.id()))
                .body(ApprovedJson.of(made));
    }

    @PostMapping(path = OF_BASE + "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Import approved answers",
            description =
                    "CSV or Excel with the columns questions, answer, documents and perhaps quotes"
                            + " and expires; several values of a cell have | between them. All"
                            + " lines or none. A line whose first question is known replaces that"
                            + " answer.")
    Imported importing(
            Principal principal, @PathVariable UUID id, @RequestPart("file") MultipartFile sent)
            throws IOException {
        var base = new KnowledgeBaseId(id);
        access.require(principal, base, Right.MANAGE);
        var name = Objects.requireNonNullElse(sent.getOriginalFilename(), "answers.csv");
        try (var bytes = sent.getInputStream()) {
            var done = answers.add(principal, base, file.read(name, bytes));
            return new Imported(done.added(), done.replaced());
        }
    }

    @GetMapping(ONE)
    @Operation(summary = "Look at an approved answer")
    ApprovedJson get(Principal principal, @PathVariable UUID answer) {
        return answers.find(principal, answer)
                .map(ApprovedJson::of)
                .orElseThrow(() -> new NotThere("approved answer"));
    }

    @PutMapping(ONE)
    @Operation(summary = "Change and approve an approved answer")
    ApprovedJson change(
            Principal principal, @PathVariable UUID answer, @Valid @RequestBody Wanted wanted) {
        return answers.change(principal, answer, wanted.draft())
                .map(ApprovedJson::of)
                .orElseThrow(() -> new NotThere("approved answer"));
    }

    @DeleteMapping(ONE)
    @Operation(summary = "Take an approved answer back")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID answer) {
        if (!answers.delete(principal, answer)) {
            throw new NotThere("approved answer");
        }
        return ResponseEntity.noContent().build();
    }
}
