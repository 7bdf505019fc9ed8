package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/knowledge-bases")
@Tag(name = "Knowledge bases")
class KnowledgeBasesApi {

    /// What a new base is made from.
    record NewBase(@NotBlank @Size(max = 200) String name) {}

    private final Library library;
    private final Access access;

    KnowledgeBasesApi(Library library, Access access) {
        this.library = library;
        this.access = access;
    }

    @PostMapping
    @Operation(summary = "Make a knowledge base", description = "For keys with all rights.")
    ResponseEntity<BaseJson> create(Principal principal, @Valid @RequestBody NewBase wanted) {
        var base = BaseJson.of(library.create(principal, wanted.name().strip()));
        return ResponseEntity.created(URI.create("/api/v1/knowledge-bases/" + base.id()))
                .body(base);
    }

    @GetMapping
    @Operation(
            summary = "List the knowledge bases this key may read",
            description = "Newest first.")
    Page<BaseJson> list(
            Principal principal,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit) {
        return BasePages.page(library.bases(access.everythingFor(principal)), cursor, limit);
    }

    @GetMapping("/{id}")
    @Operation(summary = "Look at a knowledge base")
    BaseJson get(Principal principal, @PathVariable UUID id) {
        return library.base(access.everythingFor(principal), new KnowledgeBaseId(id))
                .map(BaseJson::of)
                .orElseThrow(() -> new NotThere("knowledge base"));
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Delete a knowledge base and everything in it",
            description = "For keys with all rights.")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID id) {
        library.delete(principal, new KnowledgeBaseId(id));
        return ResponseEntity.noContent().build();
    }
}
