package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Neighbours;
import io.zhiwen.library.PassageEdit;
import io.zhiwen.library.Passages;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Passages")
class PassagesApi {

    private static final String ALL = "/api/v1/documents/{id}/passages";
    private static final String EDITS = "/api/v1/documents/{id}/passage-edits";
    private static final String ANEW =
            "The document is cut anew, which takes seconds; ids of its passages are new then.";

    @Schema(name = "PassageRequest")
    record Wanted(@NotBlank String text) {}

    @Schema(name = "NewPassageRequest")
    record Added(
            @NotBlank String text,
            @Schema(description = "A passage whose place it has; null: the last one.")
                    @Nullable Long beside) {}

    @Schema(name = "DocumentPassage")
    record PassageJson(
            long id,
            int number,
            String text,
            @Nullable Integer page,
            @Nullable String sheet,
            @JsonProperty("heading_path") List<String> headingPath,
            int tokens,
            String language,
            @Schema(description = "The change that made it so; null where it is as it was cut.")
                    @Nullable UUID edit) {

        static PassageJson of(Passages.Passage passage) {
            var chunk = passage.stored().chunk();
            return new PassageJson(
                    passage.stored().id(),
                    chunk.ordinal() + 1,
                    chunk.text(),
                    chunk.page(),
                    chunk.sheet(),
                    chunk.headingPath(),
                    chunk.tokens(),
                    chunk.language().tag(),
                    passage.edit());
        }
    }

    @Schema(name = "PassageEdit")
    record EditJson(
            UUID id,
            @Schema(allowableValues = {"edited", "disabled", "added"}) String kind,
            String original,
            String text,
            @JsonProperty("made_by") String by,
            @JsonProperty("made_at") Instant at,
            @Schema(description = "When it was undone or another took its place.")
                    @JsonProperty("ended_at")
                    @Nullable Instant endedAt,
            @Schema(description = "Whether readers find it so now.") boolean applied) {

        static EditJson of(PassageEdit edit) {
            return new EditJson(
                    edit.id(),
                    edit.kind().name().toLowerCase(Locale.ROOT),
                    edit.original(),
                    edit.text(),
                    edit.by(),
                    edit.at(),
                    edit.endedAt(),
                    edit.applied());
        }
    }

    @Schema(name = "Neighbour")
    record NeighbourJson(
            long id,
            @JsonProperty("document_id") UUID document,
            @JsonProperty("document_name") String documentName,
            String text,
            @Nullable Integer page,
            @Nullable String sheet,
            @JsonProperty("heading_path") List<String> headingPath,
            @Schema(description = "The cosine of the two vectors; 1 for the same.")
                    double similarity,
            @Schema(description = "Whether a search can hardly tell the two apart.")
                    boolean alike) {

        static NeighbourJson of(Neighbours.Neighbour one) {
            var chunk = one.stored().chunk();
            return new NeighbourJson(
                    one.stored().id(),
                    one.stored().document().value(),
                    one.stored().documentName(),
                    chunk.text(),
                    chunk.page(),
                    chunk.sheet(),
                    chunk.headingPath(),
                    one.similarity(),
                    one.isAlike());
        }
    }

    @Schema(name = "Neighbours")
    record Closest(List<NeighbourJson> items) {}

    @Schema(name = "Passages")
    record All(List<PassageJson> items) {}

    @Schema(name = "PassageEdits")
    record Edits(List<EditJson> items) {}

    private final Passages passages;
    private final Neighbours neighbours;

    PassagesApi(Passages passages, Neighbours neighbours) {
        this.passages = passages;
        this.neighbours = neighbours;
    }

    @GetMapping(ALL)
    @Operation(
            summary = "List a document's passages",
            description = "Those that hold the words of `q`, for keys that may edit it.")
    All list(
            Principal principal, @PathVariable UUID id, @RequestParam(defaultValue = "") String q) {
        return new All(
                passages.of(principal, new DocumentId(id), q).stream()
                        .map(PassageJson::of)
                        .toList());
    }

    @PostMapping(ALL)
    @Operation(summary = "Add a passage by hand", description = ANEW)
    ResponseEntity<Void> add(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Added added) {
        return accepted(
                passages.add(principal, new DocumentId(id), added.beside(), added.text()),
                "passage");
    }

    @PutMapping(ALL + "/{passage}")
    @Operation(summary = "Say what a passage says", description = ANEW)
    ResponseEntity<Void> edit(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable long passage,
            @Valid @RequestBody Wanted wanted) {
        return accepted(
                passages.edit(principal, new DocumentId(id), passage, wanted.text()), "passage");
    }

    @DeleteMapping(ALL + "/{passage}")
    @Operation(summary = "Disable a passage", description = "Nobody finds it any more. " + ANEW)
    ResponseEntity<Void> disable(
            Principal principal, @PathVariable UUID id, @PathVariable long passage) {
        return accepted(passages.disable(principal, new DocumentId(id), passage), "passage");
    }

    @GetMapping(ALL + "/{passage}/neighbours")
    @Operation(
            summary = "List what could be found in place of a passage",
            description =
                    "The passages of its base whose vectors lie closest to its own, the closest"
                            + " first, of what the key may read. For keys that may edit the"
                            + " document.")
    Closest neighbours(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable long passage,
            @RequestParam(defaultValue = "10") @Min(1) @Max(50) int limit) {
        return new Closest(
                neighbours
                        .of(principal, new DocumentId(id), passage, limit)
                        .orElseThrow(() -> new NotThere("passage"))
                        .closest()
                        .stream()
                        .map(NeighbourJson::of)
                        .toList());
    }

    @GetMapping(EDITS)
    @Operation(summary = "List what was changed of a document's passages")
    Edits edits(Principal principal, @PathVariable UUID id) {
        return new Edits(
                passages.history(principal, new DocumentId(id)).stream()
                        .map(EditJson::of)
                        .toList());
    }

    @DeleteMapping(EDITS + "/{edit}")
    @Operation(
            summary = "Undo a change of a passage",
            description = "What it took the place of counts again. " + ANEW)
    ResponseEntity<Void> undo(Principal principal, @PathVariable UUID id, @PathVariable UUID edit) {
        return accepted(passages.undo(principal, new DocumentId(id), edit), "change");
    }

    private static ResponseEntity<Void> accepted(boolean there, String what) {
        if (!there) {
            throw new NotThere(what);
        }
        return ResponseEntity.accepted().build();
    }
}
