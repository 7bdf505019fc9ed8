package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BaseField;
import io.zhiwen.library.FieldId;
import io.zhiwen.library.FieldKind;
import io.zhiwen.library.FieldWish;
import io.zhiwen.library.Fields;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.UUID;
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
@RequestMapping("/api/v1/knowledge-bases/{id}/fields")
@Tag(name = "Fields")
class FieldsApi {

    @Schema(name = "FieldRequest")
    record Wanted(
            @NotBlank
                    @Schema(
                            description = "At most 60 characters; capitals make no difference.",
                            example = "State")
                    String name,
            @Schema(
                            description = "Needed to make one; never changes after.",
                            allowableValues = {"text", "number", "date", "choice", "yes-no"})
                    @Nullable String kind,
            @Schema(
                            description =
                                    "Of kind choice: 1 to 100, of 1 to 100 characters; those it has"
                                            + " unless given. One that documents have stays.")
                    @Nullable List<@NotNull String> choices,
            @Schema(description = "From 1; where it is, or last, unless given.") @Min(1)
                    @Nullable Integer position) {

        FieldWish wish() {
            return new FieldWish(name, kind == null ? null : kind(kind), choices, position);
        }

        private static FieldKind kind(String given) {
            return FieldKind.named(given)
                    .orElseThrow(
                            () ->
                                    new Refused(
                                            HttpStatus.BAD_REQUEST,
                                            "invalid-request",
                                            "A field's kind is text, number, date, choice or"
                                                    + " yes-no.",
                                            "kind"));
        }
    }

    @Schema(name = "Field", description = "A field that a base gives its documents.")
    record FieldJson(
            UUID id,
            String name,
            @Schema(allowableValues = {"text", "number", "date", "choice", "yes-no"}) String kind,
            @Schema(description = "Of kind choice, in their order.") List<String> choices) {

        static FieldJson of(BaseField field) {
            return new FieldJson(
                    field.id().value(), field.name(), field.kind().code(), field.choices());
        }
    }

    @Schema(name = "Fields")
    record FieldsJson(List<FieldJson> items) {}

    @Schema(name = "FieldDeleted")
    record DeletedJson(@Schema(description = "How many lost a value.") long documents) {}

    private final Fields fields;
    private final Access access;

    FieldsApi(Fields fields, Access access) {
        this.fields = fields;
        this.access = access;
    }

    @GetMapping
    @Operation(summary = "List the fields of a base's documents", description = "In their order.")
    FieldsJson list(Principal principal, @PathVariable UUID id) {
        var base = new KnowledgeBaseId(id);
        var scope = access.chosenBy(principal, List.of(base));
        return new FieldsJson(fields.of(scope, base).stream().map(FieldJson::of).toList());
    }

    @PostMapping
    @Operation(
            summary = "Make a field",
            description = "At most 50 in a base. For keys with all rights.")
    ResponseEntity<FieldJson> create(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var made = fields.define(principal, new KnowledgeBaseId(id), wanted.wish());
        return ResponseEntity.created(
                        URI.create("/api/v1/knowledge-bases/" + id + "/fields/" + made.id()))
                .body(FieldJson.of(made));
    }

    @PutMapping("/{field}")
    @Operation(
            summary = "Rename a field, change its choices or its place",
            description = "For keys with all rights.")
    FieldJson put(
            Principal principal,
            @PathVariable UUID id,
            @PathVariable UUID field,
            @Valid @RequestBody Wanted wanted) {
        return FieldJson.of(
                fields.change(
                        principal, new KnowledgeBaseId(id), new FieldId(field), wanted.wish()));
    }

    @DeleteMapping("/{field}")
    @Operation(
            summary = "Delete a field with what documents have in it",
            description = "For keys with all rights.")
    DeletedJson delete(Principal principal, @PathVariable UUID id, @PathVariable UUID field) {
        return new DeletedJson(
                fields.delete(principal, new KnowledgeBaseId(id), new FieldId(field)));
    }
}
