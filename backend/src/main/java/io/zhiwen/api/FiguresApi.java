package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BaseFigures;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Knowledge bases")
class FiguresApi {

    @Schema(name = "StorageFigures")
    record FiguresJson(
            @Schema(description = "Bytes of the files whose content is found.")
                    @JsonProperty("original_bytes")
                    long originals,
            @Schema(description = "Bytes of files that newer versions took the place of.")
                    @JsonProperty("older_version_bytes")
                    long older,
            long passages,
            @Schema(description = "Of these passages.") long tokens,
            @Schema(description = "Passages times dimension, four bytes each.")
                    @JsonProperty("vector_bytes")
                    long vectors,
            @Schema(description = "That models read and wrote for it in the last 30 days.")
                    @JsonProperty("model_tokens_30_days")
                    long modelTokens) {}

    private final BaseFigures figures;

    FiguresApi(BaseFigures figures) {
        this.figures = figures;
    }

    @GetMapping("/api/v1/knowledge-bases/{id}/figures")
    @Operation(
            summary = "See what a knowledge base takes up",
            description = "For keys that manage it.")
    FiguresJson of(Principal principal, @PathVariable UUID id) {
        var found = figures.of(principal, new KnowledgeBaseId(id));
        return new FiguresJson(
                found.originals(),
                found.older(),
                found.passages(),
                found.tokens(),
                found.vectors(),
                found.modelTokens());
    }
}
