package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.VectorSpaces;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/embedding")
@Tag(name = "Knowledge bases")
class EmbeddingApi {

    @Schema(name = "Embedding", description = "Whose vectors a base is searched with.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EmbeddingJson(
            @Schema(description = "`bundled`, or a model of the embedding server.") String model,
            @Schema(description = "To choose from.") List<String> models,
            @Schema(description = "While its passages are embedded by another model.")
                    @Nullable ChangeJson change) {

        static EmbeddingJson of(VectorSpaces.View view) {
            var change = view.change();
            return new EmbeddingJson(
                    view.model(),
                    view.models(),
                    change == null
                            ? null
                            : new ChangeJson(
                                    change.model(),
                                    change.done(),
                                    change.total(),
                                    change.waitsFor()));
        }
    }

    @Schema(name = "EmbeddingChange")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeJson(
            @Schema(description = "To come.") String model,
            @Schema(description = "Passages that have their new vector.") int done,
            @Schema(description = "Passages of the base, as counted last.") int total,
            @Schema(description = "What keeps it from going on; absent while it does.")
                    @JsonProperty("waits_for")
                    @Nullable String waitsFor) {}

    @Schema(name = "EmbeddingChosen")
    record ChosenJson(
            @Schema(description = "One of `models`; the one in use ends a change.")
                    @Nullable String model) {}

    private final VectorSpaces spaces;

    EmbeddingApi(VectorSpaces spaces) {
        this.spaces = spaces;
    }

    @GetMapping
    @Operation(summary = "See whose vectors a base is searched with")
    EmbeddingJson get(Principal principal, @PathVariable UUID id) {
        return EmbeddingJson.of(spaces.of(principal, new KnowledgeBaseId(id)));
    }

    @PutMapping
    @Operation(
            summary = "Change the embedding model of a base",
            description =
                    "All its passages are embedded anew beside the vectors it has. Questions are"
                            + " searched with those until the last new one is there, and with the"
                            + " new ones from then on.")
    EmbeddingJson put(Principal principal, @PathVariable UUID id, @RequestBody ChosenJson body) {
        var base = new KnowledgeBaseId(id);
        var models = spaces.of(principal, base).models();
        var model = body.model();
        if (model == null || !models.contains(model)) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "The model must be one of " + String.join(", ", models) + ".",
                    "model");
        }
        try {
            return EmbeddingJson.of(spaces.choose(principal, base, model));
        } catch (EmbeddingUnavailable e) {
            throw new Refused(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "embedding-unavailable",
                    "The model gives no vectors now: " + e.getMessage());
        }
    }

    @DeleteMapping("/change")
    @Operation(
            summary = "Abandon the change of a base's embedding model",
            description = "The base stays with the vectors it has.")
    EmbeddingJson abandon(Principal principal, @PathVariable UUID id) {
        return EmbeddingJson.of(spaces.abandon(principal, new KnowledgeBaseId(id)));
    }
}
