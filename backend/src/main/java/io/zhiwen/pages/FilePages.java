package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.parse.ScannedPage;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Library;
import io.zhiwen.library.Original;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;

/// Originals as they were uploaded. A browser shows PDF, pictures and plain text that are what
/// their names say; everything else is only ever saved.
@Controller
class FilePages {

    private final Library library;
    private final Access access;

    FilePages(Library library, Access access) {
        this.library = library;
        this.access = access;
    }

    @GetMapping("/files/{id}/{version}")
    ResponseEntity<Resource> file(
            Principal.User me, @PathVariable UUID id, @PathVariable int version)
            throws IOException {
        var original =
                library.original(access.readableBy(me), new DocumentId(id), version)
                        .orElseThrow(Faults.Gone::new);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(original))
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noCache().cachePrivate())
                .contentType(type(original))
                .body(library.bytesOf(original));
    }

    /// Where the lines of a scanned page stand, for a passage to be marked on it.
    @GetMapping("/files/{id}/{version}/lines/{page}")
    @ResponseBody
    List<ScannedPage.Line> lines(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable int version,
            @PathVariable int page) {
        return library.scannedLines(access.readableBy(me), new DocumentId(id), version, page)
                .orElseThrow(Faults.Gone::new);
    }

    private static String disposition(Original original) {
        return ContentDisposition.builder(original.inlineSafe() ? "inline" : "attachment")
                .filename(original.fileName(), StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static MediaType type(Original original) {
        if (!original.inlineSafe()) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
        return original.mediaType().startsWith("application/pdf")
                ? MediaType.APPLICATION_PDF
                : MediaType.parseMediaType(original.mediaType());
    }
}
