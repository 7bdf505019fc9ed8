package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.Folder;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Folders;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/api/v1")
@Tag(name = "Folders and tags")
class FoldersApi {

    @Schema(name = "FolderRequest")
    record Wanted(
            @NotBlank @Size(max = 120) @Schema(example = "2026") String name,
            @Schema(description = "The folder it lies in; none for the top of the base.")
                    @JsonProperty("parent_id")
                    @Nullable UUID parentId) {

        @Nullable FolderId parent() {
            return parentId == null ? null : new FolderId(parentId);
        }
    }

    @Schema(name = "Folder")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FolderJson(
            UUID id,
            String name,
            @Schema(description = "Absent at the top of the base.") @JsonProperty("parent_id")
                    @Nullable UUID parentId,
            @Schema(description = "The names from the top down to its own.") List<String> path,
            @Schema(description = "That may be read, in it and below.") long documents,
            @Schema(description = "Whether it has rights of its own.") @JsonProperty("own_rights")
                    boolean ownRights) {

        static FolderJson of(Folder folder) {
            var parent = folder.parent();
            return new FolderJson(
                    folder.id().value(),
                    folder.name(),
                    parent == null ? null : parent.value(),
                    folder.path(),
                    folder.documents(),
                    folder.guarded());
        }
    }

    @Schema(name = "Folders")
    record FoldersJson(List<FolderJson> items) {}

    @Schema(name = "Tags")
    record TagsJson(List<String> items) {}

    private final Folders folders;
    private final DocumentTable table;
    private final Access access;

    FoldersApi(Folders folders, DocumentTable table, Access access) {
        this.folders = folders;
        this.table = table;
        this.access = access;
    }

    @GetMapping("/knowledge-bases/{id}/folders")
    @Operation(summary = "List the folders of a base", description = "Each behind the one above.")
    FoldersJson list(Principal principal, @PathVariable UUID id) {
        var base = new KnowledgeBaseId(id);
        return new FoldersJson(
                folders.all(mustSee(principal, base), base).stream().map(FolderJson::of).toList());
    }

    @GetMapping("/knowledge-bases/{id}/tags")
    @Operation(summary = "List the tags of a base's documents")
    TagsJson tags(Principal principal, @PathVariable UUID id) {
        var base = new KnowledgeBaseId(id);
        return new TagsJson(table.tags(mustSee(principal, base), base));
    }

    @PostMapping("/knowledge-bases/{id}/folders")
    @Operation(summary = "Make a folder")
    ResponseEntity<FolderJson> create(
            Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var made =
                folders.create(principal, new KnowledgeBaseId(id), wanted.parent(), wanted.name());
        return ResponseEntity.created(URI.create("/api/v1/folders/" + made))
                .body(found(principal, made));
    }

    @GetMapping("/folders/{id}")
    @Operation(summary = "See a folder")
    FolderJson get(Principal principal, @PathVariable UUID id) {
        return found(principal, new FolderId(id));
    }

    @PutMapping("/folders/{id}")
    @Operation(summary = "Rename or move a folder", description = "With all that is in it.")
    FolderJson put(Principal principal, @PathVariable UUID id, @Valid @RequestBody Wanted wanted) {
        var folder = new FolderId(id);
        folders.set(principal, folder, wanted.name(), wanted.parent());
        return found(principal, folder);
    }

    @DeleteMapping("/folders/{id}")
    @Operation(summary = "Delete a folder", description = "With the folders and documents in it.")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID id) {
        folders.delete(principal, new FolderId(id));
        return ResponseEntity.noContent().build();
    }

    private FolderJson found(Principal principal, FolderId id) {
        return folders.one(access.everythingFor(principal), id)
                .or(() -> folders.one(access.everythingFor(principal, Right.EDIT), id))
                .map(FolderJson::of)
                .orElseThrow(() -> new NotThere("folder"));
    }

    private Scope mustSee(Principal principal, KnowledgeBaseId base) {
        return access.chosenBy(principal, List.of(base));
    }
}
