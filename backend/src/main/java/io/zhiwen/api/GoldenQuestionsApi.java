package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.evaluate.golden.GoldenDraft;
import io.zhiwen.evaluate.golden.GoldenFile;
import io.zhiwen.evaluate.golden.GoldenQuestion;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Evaluation")
class GoldenQuestionsApi {

    private static final String OF_BASE = "/api/v1/knowledge-bases/{id}/golden-questions";
    private static final String ONE = "/api/v1/golden-questions/{question}";

    @Schema(name = "GoldenQuestionRequest")
    record Wanted(
            @NotBlank @Schema(example = "How many days of leave are there?") String question,
            @Schema(description = "Ids of documents that hold the answer; any when empty.")
                    @Nullable List<@NotNull UUID> documents,
            @Schema(description = "Texts, one of which a passage has to hold.")
                    @Nullable List<@NotNull String> answers,
            @Schema(defaultValue = "true", description = "False: it has to be refused.")
                    @Nullable Boolean answerable) {

        GoldenDraft draft() {
            return new GoldenDraft(
                    question,
                    answerable == null || answerable,
                    documents == null ? List.of() : documents,
                    answers == null ? List.of() : answers);
        }
    }

    @Schema(name = "GoldenQuestion")
    record GoldenJson(
            UUID id,
            @JsonProperty("knowledge_base_id") UUID knowledgeBaseId,
            String question,
            boolean answerable,
            List<DocumentRef> documents,
            List<String> answers,
            @Schema(description = "written, chat or imported.") String source,
            @JsonProperty("updated_at") Instant updatedAt) {

        static GoldenJson of(GoldenQuestion one) {
            return new GoldenJson(
                    one.id(),
                    one.base().value(),
                    one.text(),
                    one.answerable(),
                    one.documents().stream()
                            .map(document -> new DocumentRef(document.id(), document.name()))
                            .toList(),
                    one.evidence(),
                    one.source().word(),
                    one.updatedAt());
        }
    }

    @Schema(name = "GoldenQuestions")
    record All(List<GoldenJson> items) {}

    @Schema(name = "GoldenImport")
    record Imported(
            int added, @Schema(description = "Lines whose question was there.") int known) {}

    private final GoldenQuestions questions;

    GoldenQuestionsApi(GoldenQuestions questions) {
        this.questions = questions;
    }

    @GetMapping(OF_BASE)
    @Operation(summary = "List golden questions", description = "For keys with all rights.")
    All list(Principal principal, @PathVariable UUID id) {
        return new All(
                questions.of(principal, new KnowledgeBaseId(id)).stream()
                        .map(GoldenJson::of)
                        .toList());
    }

    @PostMapping(OF_BASE)
    @Operation(summary = "Add a golden question")
    ResponseEntity<GoldenJson> add(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var source = GoldenQuestion.Source.WRITTEN;
        var made = questions.add(principal, new KnowledgeBaseId(id), wanted.draft(), source);
        return ResponseEntity.created(URI.create("/api/v1/golden-questions/" + made.id()))
                .body(GoldenJson.of(made));
    }

    @PostMapping(
            path = OF_BASE + "/import",
            consumes = {
                "application/x-ndjson",
                "application/jsonl",
                "text/csv",
                MediaType.APPLICATION_JSON_VALUE,
                MediaType.TEXT_PLAIN_VALUE
            })
    @Operation(
            summary = "Import golden questions",
            description =
                    "JSON, one object a line (question, documents by name or id, answers,"
                            + " answerable), or CSV with these columns. All lines or none.")
    Imported importing(Principal principal, @PathVariable UUID id, @RequestBody String file) {
        var base = new KnowledgeBaseId(id);
        questions.of(principal, base);
        var lines = GoldenFile.read(file);
        int added = questions.add(principal, base, lines);
        return new Imported(added, lines.size() - added);
    }

    @GetMapping(ONE)
    @Operation(summary = "Look at a golden question")
    GoldenJson get(Principal principal, @PathVariable UUID question) {
        return questions
                .find(principal, question)
                .map(GoldenJson::of)
                .orElseThrow(() -> new NotThere("golden question"));
    }

    @PutMapping(ONE)
    @Operation(summary = "Change a golden question")
    GoldenJson change(
            Principal principal, @PathVariable UUID question, @Valid @RequestBody Wanted wanted) {
        return questions
                .change(principal, question, wanted.draft())
                .map(GoldenJson::of)
                .orElseThrow(() -> new NotThere("golden question"));
    }

    @DeleteMapping(ONE)
    @Operation(summary = "Delete a golden question")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID question) {
        if (!questions.delete(principal, question)) {
            throw new NotThere("golden question");
        }
        return ResponseEntity.noContent().build();
    }
}
