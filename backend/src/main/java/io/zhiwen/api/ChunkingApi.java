package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.chunk.ChunkRules;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Chunking;
import io.zhiwen.library.NoSuchDocument;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/chunking")
@Tag(name = "Knowledge bases")
class ChunkingApi {

    @Schema(name = "Chunking", description = "How a base cuts its documents into passages.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChunkingJson(
            @Schema(allowableValues = {"structure", "headings", "delimiter"}) @Nullable String way,
            @Schema(description = "Tokens a passage aims at, 32 to 480; the server's unless given.")
                    @Nullable Integer target,
            @Schema(description = "Tokens of the text before that a passage repeats, 0 to 200.")
                    @Nullable Integer overlap,
            @Schema(description = "Of the headings that begin a passage, 1 to 6.")
                    @Nullable Integer depth,
            @Schema(description = "Between two passages; `\\n` is a line break.")
                    @Nullable String delimiter,
            @Schema(allowableValues = {"packed", "rows", "records"}) @Nullable String tables) {

        static ChunkingJson of(ChunkRules rules) {
            return new ChunkingJson(
                    word(rules.way()),
                    rules.target(),
                    rules.overlap(),
                    rules.depth(),
                    rules.delimiter(),
                    word(rules.tables()));
        }

        private static String word(Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT);
        }

        ChunkRules rules() {
            var usual = ChunkRules.STANDARD;
            try {
                return new ChunkRules(
                        way == null
                                ? usual.way()
                                : ChunkRules.Way.valueOf(way.toUpperCase(Locale.ROOT)),
                        target,
                        overlap == null ? usual.overlap() : overlap,
                        depth == null ? usual.depth() : depth,
                        delimiter == null ? "" : delimiter,
                        tables == null
                                ? usual.tables()
                                : ChunkRules.Tables.valueOf(tables.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new Refused(
                        HttpStatus.BAD_REQUEST,
                        "invalid-request",
                        "These are no rules to cut by: " + e.getMessage());
            }
        }
    }

    @Schema(name = "ChunkingApplied")
    record AppliedJson(@Schema(description = "How many are cut anew.") int documents) {}

    @Schema(name = "ChunkingPreview")
    record PreviewAskedJson(
            @JsonProperty("document_id") UUID documentId, @Nullable ChunkingJson chunking) {}

    @Schema(name = "PreviewedPassage")
    record PassageJson(
            int number,
            @JsonProperty("heading_path") List<String> headingPath,
            String text,
            int tokens) {}

    @Schema(name = "PreviewedPassages")
    record PassagesJson(List<PassageJson> items) {}

    private final Chunking chunking;

    ChunkingApi(Chunking chunking) {
        this.chunking = chunking;
    }

    @GetMapping
    @Operation(summary = "See how a base cuts its documents")
    ChunkingJson get(Principal principal, @PathVariable UUID id) {
        return ChunkingJson.of(chunking.of(principal, new KnowledgeBaseId(id)));
    }

    @PutMapping
    @Operation(
            summary = "Cut all documents of a base anew",
            description =
                    "From the text that is kept of them; files are not parsed again. Readers find"
                            + " the old passages until the new ones are ready.")
    AppliedJson put(Principal principal, @PathVariable UUID id, @RequestBody ChunkingJson body) {
        var base = new KnowledgeBaseId(id);
        chunking.of(principal, base);
        return new AppliedJson(chunking.apply(principal, base, body.rules()));
    }

    @PostMapping("/preview")
    @Operation(summary = "See how a document would be cut")
    PassagesJson preview(
            Principal principal, @PathVariable UUID id, @RequestBody PreviewAskedJson body) {
        var base = new KnowledgeBaseId(id);
        var kept = chunking.of(principal, base);
        var asked = body.chunking();
        try {
            var chunks =
                    chunking.preview(
                            principal,
                            base,
                            new DocumentId(body.documentId()),
                            asked == null ? kept : asked.rules());
            return new PassagesJson(
                    chunks.stream()
                            .map(
                                    chunk ->
                                            new PassageJson(
                                                    chunk.ordinal() + 1,
                                                    chunk.headingPath(),
                                                    chunk.text(),
                                                    chunk.tokens()))
                            .toList());
        } catch (NoSuchDocument e) {
            throw new NotThere("document");
        }
    }
}
