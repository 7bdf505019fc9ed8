package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.api.PromptsApi.PromptJson;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.assistant.AssistantRefused;
import io.zhiwen.assistant.AssistantWish;
import io.zhiwen.assistant.Assistants;
import io.zhiwen.assistant.SeenAssistant;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/assistants")
@Tag(name = "Assistants")
class AssistantsApi {

    private static final String WHO =
            "For keys that manage every base in it; its model server is chosen by keys with all"
                    + " rights.";

    @Schema(name = "AssistantRequest")
    record Wanted(
            @Schema(description = "Nobody else's.", example = "Help desk")
                    @NotBlank
                    @Size(max = AssistantWish.LONGEST_NAME)
                    String name,
            @Schema(description = "One line for those who choose it.")
                    @Size(max = AssistantWish.LONGEST_DESCRIPTION)
                    @Nullable String description,
            @ArraySchema(
                            arraySchema = @Schema(description = "What it asks."),
                            schema = @Schema(format = "uuid"))
                    @JsonProperty("knowledge_base_ids")
                    @NotNull
                    @Size(min = 1, max = 1000)
                    List<@NotNull String> knowledgeBaseIds,
            @Schema(description = "Left out or empty: what the model is told for its bases.") @Valid
                    @Nullable PromptJson prompt,
            @Schema(description = "Which one writes; left out: the one that writes for its bases.")
                    @JsonProperty("model_server_id")
                    @Nullable UUID modelServerId,
            @Schema(description = "What one might ask first.")
                    @Size(max = AssistantWish.MOST_OPENINGS)
                    @Nullable List<@NotNull @Size(max = AssistantWish.LONGEST_OPENING) String>
                            openings,
            @Schema(defaultValue = "true") @Nullable Boolean enabled) {

        private AssistantWish wish() {
            return new AssistantWish(
                    name,
                    description == null ? "" : description,
                    Set.copyOf(Ids.bases(knowledgeBaseIds)),
                    prompt == null ? Instructions.NONE : prompt.instructions(),
                    modelServerId,
                    openings == null ? List.of() : openings,
                    !Boolean.FALSE.equals(enabled));
        }
    }

    @Schema(name = "Assistant")
    record AssistantJson(
            UUID id,
            String name,
            String description,
            @ArraySchema(
                            arraySchema =
                                    @Schema(
                                            description =
                                                    "Those of its bases that the key may ask."),
                            schema = @Schema(format = "uuid"))
                    @JsonProperty("knowledge_base_ids")
                    List<UUID> knowledgeBaseIds,
            @Schema(description = "Told those who may change it.") @Nullable PromptJson prompt,
            @Schema(description = "Told those who may change it; null for that of its bases.")
                    @JsonProperty("model_server_id")
                    @Nullable UUID modelServerId,
            List<String> openings,
            boolean enabled,
            @Schema(description = "Whether it answers: it is enabled and a base of it is left.")
                    boolean on,
            @Schema(description = "Whether the key may change it.") boolean changeable,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt) {

        private static AssistantJson of(SeenAssistant seen) {
            var one = seen.assistant();
            return new AssistantJson(
                    one.id(),
                    one.name(),
                    one.description(),
                    one.bases().stream().map(KnowledgeBaseId::value).toList(),
                    seen.changeable() ? PromptJson.of(one.instructions()) : null,
                    one.server(),
                    one.openings(),
                    one.enabled(),
                    seen.on(),
                    seen.changeable(),
                    one.createdAt(),
                    one.updatedAt());
        }
    }

    @Schema(name = "Assistants")
    record AssistantsJson(List<AssistantJson> items) {}

    private final Assistants assistants;

    AssistantsApi(Assistants assistants) {
        this.assistants = assistants;
    }

    @GetMapping
    @Operation(
            summary = "List the assistants this key may use or change",
            description = "By name. Name one as `assistant` of `POST /api/v1/ask` to ask it.")
    AssistantsJson list(Principal.Key key) {
        return new AssistantsJson(assistants.of(key).stream().map(AssistantJson::of).toList());
    }

    @PostMapping
    @Operation(summary = "Make an assistant", description = WHO)
    ResponseEntity<AssistantJson> create(Principal.Key key, @Valid @RequestBody Wanted wanted) {
        var made = AssistantJson.of(accepted(() -> assistants.create(key, wanted.wish())));
        return ResponseEntity.created(URI.create("/api/v1/assistants/" + made.id())).body(made);
    }

    @GetMapping("/{assistant}")
    @Operation(summary = "Look at an assistant")
    AssistantJson get(Principal.Key key, @PathVariable UUID assistant) {
        return assistants
                .find(key, assistant)
                .map(AssistantJson::of)
                .orElseThrow(() -> new NotThere("assistant"));
    }

    @PutMapping("/{assistant}")
    @Operation(
            summary = "Change an assistant",
            description =
                    "Whole, in force with the next question; what is left out is empty. " + WHO)
    AssistantJson change(
            Principal.Key key, @PathVariable UUID assistant, @Valid @RequestBody Wanted wanted) {
        return accepted(() -> assistants.change(key, assistant, wanted.wish()))
                .map(AssistantJson::of)
                .orElseThrow(() -> new NotThere("assistant"));
    }

    @DeleteMapping("/{assistant}")
    @Operation(
            summary = "Delete an assistant",
            description = "Its bases, and the chats that asked it, stay. " + WHO)
    @ApiResponse(responseCode = "204", content = @Content)
    ResponseEntity<Void> delete(Principal.Key key, @PathVariable UUID assistant) {
        if (!assistants.delete(key, assistant)) {
            throw new NotThere("assistant");
        }
        return ResponseEntity.noContent().build();
    }

    private static <T> T accepted(Supplier<T> change) {
        try {
            return change.get();
        } catch (AssistantRefused refused) {
            var reason = refused.reason();
            var status =
                    switch (reason) {
                        case NAME_TAKEN -> HttpStatus.CONFLICT;
                        case SERVER_FOR_ADMINS -> HttpStatus.FORBIDDEN;
                        default -> HttpStatus.UNPROCESSABLE_CONTENT;
                    };
            throw new Refused(
                    status,
                    "invalid-assistant",
                    "The assistant cannot be so: " + refused.getMessage() + ".",
                    reason.field());
        }
    }
}
