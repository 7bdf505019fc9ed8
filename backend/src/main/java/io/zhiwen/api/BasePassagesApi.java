package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BasePassages;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Passages")
class BasePassagesApi {

    @Schema(name = "BasePassage")
    record PassageJson(
            long id,
            DocumentRef document,
            @JsonProperty("document_version") int version,
            int number,
            String text,
            @Nullable Integer page,
            @Nullable String sheet,
            @JsonProperty("heading_path") List<String> headingPath) {

        static PassageJson of(StoredChunk stored) {
            var chunk = stored.chunk();
            return new PassageJson(
                    stored.id(),
                    new DocumentRef(stored.document().value(), stored.documentName()),
                    stored.version(),
                    chunk.ordinal() + 1,
                    chunk.text(),
                    chunk.page(),
                    chunk.sheet(),
                    chunk.headingPath());
        }
    }

    private final BasePassages passages;

    BasePassagesApi(BasePassages passages) {
        this.passages = passages;
    }

    @GetMapping("/api/v1/knowledge-bases/{id}/passages")
    @Operation(
            summary = "Find words in all passages of a base",
            description =
                    "Exactly those that hold the words of `q`, of documents that are out of use"
                            + " too, for keys that may edit them.")
    Page<PassageJson> find(
            Principal principal,
            @PathVariable UUID id,
            @RequestParam @NotBlank String q,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit) {
        var found = passages.with(principal, new KnowledgeBaseId(id), q, after(cursor), limit);
        var next = found.next();
        return new Page<>(
                found.passages().stream().map(PassageJson::of).toList(),
                next == null ? null : next.toString());
    }

    private static long after(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException _) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-cursor",
                    "It is the next_cursor of the page before.",
                    "cursor");
        }
    }
}
