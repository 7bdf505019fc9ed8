package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentFigures;
import io.zhiwen.library.Library;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The pictures in documents, for whoever may read them or ask from them.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Documents")
class DocumentFiguresApi {

    private final Library library;
    private final DocumentFigures figures;
    private final Access access;

    DocumentFiguresApi(Library library, DocumentFigures figures, Access access) {
        this.library = library;
        this.figures = figures;
        this.access = access;
    }

    @GetMapping("/documents/{id}/figures")
    @Operation(
            summary = "List the pictures in a document",
            description = "Those of the version that readers find, in the document's order.")
    Page<FigureJson> all(Principal principal, @PathVariable UUID id) {
        var document = new DocumentId(id);
        var scope = scope(principal, document);
        return new Page<>(figures.of(scope, document).stream().map(FigureJson::of).toList(), null);
    }

    @GetMapping("/documents/{id}/figures/{n}")
    @Operation(
            summary = "Download a picture of a document",
            description = "PNG or JPEG, made from its pixels alone.")
    ResponseEntity<byte[]> one(Principal principal, @PathVariable UUID id, @PathVariable int n)
            throws IOException {
        var document = new DocumentId(id);
        var figure =
                figures.one(scope(principal, document), document, n)
                        .orElseThrow(() -> new NotThere("figure"));
        return ResponseEntity.ok()
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag(figure.sha256().hex())
                .contentType(MediaType.parseMediaType(figure.mediaType()))
                .body(figures.bytesOf(figure));
    }

    private Scope scope(Principal principal, DocumentId document) {
        for (Right right : List.of(Right.READ, Right.ASK)) {
            Scope scope = access.everythingFor(principal, right);
            if (library.document(scope, document).isPresent()) {
                return scope;
            }
        }
        throw new NotThere("document");
    }
}
