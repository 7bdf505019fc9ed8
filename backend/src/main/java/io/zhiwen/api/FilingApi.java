package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentFilter;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.FieldValues;
import io.zhiwen.library.Filing;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Library;
import io.zhiwen.library.Listing;
import io.zhiwen.library.Lives;
import io.zhiwen.library.Quarantine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases/{id}/documents")
@Tag(name = "Folders and tags")
class FilingApi {

    @Schema(name = "BulkRequest")
    record Wanted(
            @NotBlank
                    @Schema(
                            allowableValues = {
                                "move",
                                "tag",
                                "untag",
                                "field",
                                "enable",
                                "disable",
                                "quarantine",
                                "delete"
                            })
                    String action,
            @JsonProperty("document_ids") @Size(max = 500)
                    @Nullable List<@NotNull UUID> documentIds,
            @Schema(description = "In place of ids: all documents that are so.")
                    @Nullable Matching matching,
            @Schema(description = "To move to; none for the top of the base.")
                    @JsonProperty("folder_id")
                    @Nullable UUID folderId,
            @Schema(description = "To put on or take off.") @Nullable String tag,
            @Schema(description = "Name or id of the field to set.") @Nullable String field,
            @Schema(
                            description =
                                    "Of the field: a string, a number, true or false; none clears"
                                            + " it.")
                    @Nullable Object value) {

        List<DocumentId> documents() {
            return documentIds == null
                    ? List.of()
                    : documentIds.stream().distinct().map(DocumentId::new).toList();
        }

        String theTag() {
            if (tag == null || tag.isBlank()) {
                throw refused("tag", "A tag has 1 to 40 characters.");
            }
            return tag;
        }

        String theField() {
            if (field == null || field.isBlank()) {
                throw refused("field", "Name the field to set.");
            }
            return field;
        }
    }

    @Schema(
            name = "BulkMatching",
            description =
                    "As the table of a base is filtered: where nothing else is asked, what lies"
                            + " directly in the folder, or at the top.")
    record Matching(
            @Schema(description = "Words the name has.") @Nullable String q,
            @Nullable String tag,
            @Schema(allowableValues = {"working", "ready", "failed", "held", "out-of-use"})
                    @Nullable String state,
            @Schema(description = "The name of who answers for them.") @Nullable String owner,
            @Schema(description = "The folder they are in or below.") @JsonProperty("folder_id")
                    @Nullable UUID folderId) {

        Listing listing() {
            return new Listing(
                    folderId == null ? null : new FolderId(folderId),
                    new DocumentFilter(
                            Objects.requireNonNullElse(q, ""),
                            Objects.requireNonNullElse(tag, ""),
                            state == null ? null : named(state),
                            Objects.requireNonNullElse(owner, ""),
                            List.of()),
                    Listing.Order.ADDED,
                    false,
                    1,
                    1);
        }

        private static Listing.State named(String word) {
            return Listing.State.named(word)
                    .orElseThrow(() -> refused("matching.state", "There is no such state."));
        }
    }

    @Schema(name = "BulkResult")
    record Changed(@Schema(description = "Documents that are different now.") int changed) {}

    private final Filing filing;
    private final Lives lives;
    private final FieldValues values;
    private final Quarantine quarantine;
    private final Library library;
    private final DocumentTable table;
    private final Access access;

    FilingApi(
            Filing filing,
            Lives lives,
            FieldValues values,
            Quarantine quarantine,
            Library library,
            DocumentTable table,
            Access access) {
        this.filing = filing;
        this.lives = lives;
        this.values = values;
        this.quarantine = quarantine;
        this.library = library;
        this.table = table;
        this.access = access;
    }

    @PostMapping("/bulk")
    @Operation(
            summary = "Do one thing to many documents",
            description = "Those that are not in the base, or not for this key, are left out.")
    Changed many(Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var base = new KnowledgeBaseId(id);
        var documents = documents(principal, base, wanted);
        var folder = wanted.folderId();
        try {
            return new Changed(
                    switch (wanted.action()) {
                        case "move" ->
                                filing.move(
                                        principal,
                                        base,
                                        documents,
                                        folder == null ? null : new FolderId(folder));
                        case "tag" -> filing.tag(principal, base, documents, wanted.theTag());
                        case "untag" -> filing.untag(principal, base, documents, wanted.theTag());
                        case "field" -> {
                            var field = wanted.theField();
                            var value = GivenFields.text(field, wanted.value());
                            yield values.set(principal, base, documents, field, value);
                        }
                        case "enable" -> lives.enable(principal, base, documents, true);
                        case "disable" -> lives.enable(principal, base, documents, false);
                        case "quarantine" -> quarantine.hold(principal, base, documents, "");
                        case "delete" -> library.delete(principal, base, documents);
                        default -> throw refused("action", "There is no such action.");
                    });
        } catch (IllegalArgumentException _) {
            throw refused("tag", "A tag has 1 to 40 characters.");
        }
    }

    private List<DocumentId> documents(Principal principal, KnowledgeBaseId base, Wanted wanted) {
        var matching = wanted.matching();
        var named = wanted.documents();
        if ((matching == null) == named.isEmpty()) {
            throw refused("document_ids", "Name documents, or say which: one of the two.");
        }
        return matching == null
                ? named
                : table.all(access.everythingFor(principal, Right.EDIT), base, matching.listing());
    }

    private static Refused refused(String field, String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, "invalid-request", detail, field);
    }
}
