package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.DocumentFigures;
import java.io.IOException;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The pictures in documents, for pages to show: pixels in a type we made ourselves.
@Controller
class FigurePages {

    private final DocumentFigures figures;
    private final Access access;

    FigurePages(DocumentFigures figures, Access access) {
        this.figures = figures;
        this.access = access;
    }

    /// A browser may keep it, and asks each time whether it still holds and may be seen.
    @GetMapping("/app/documents/{id}/figures/{n}")
    ResponseEntity<byte[]> figure(Principal.User me, @PathVariable UUID id, @PathVariable int n)
            throws IOException {
        var figure =
                figures.one(access.readableBy(me), new DocumentId(id), n)
                        .orElseThrow(Faults.Gone::new);
        return ResponseEntity.ok()
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag(figure.sha256().hex())
                .contentType(MediaType.parseMediaType(figure.mediaType()))
                .body(figures.bytesOf(figure));
    }
}
