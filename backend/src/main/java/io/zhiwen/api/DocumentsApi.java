package io.zhiwen.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Library;
import io.zhiwen.library.SameName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Documents")
class DocumentsApi {

    private final Library library;
    private final UploadLabels labels;
    private final Access access;
    private final Sentences sentences;

    DocumentsApi(Library library, UploadLabels labels, Access access, Sentences sentences) {
        this.library = library;
        this.labels = labels;
        this.access = access;
        this.sentences = sentences;
    }

    @PostMapping(
            path = "/knowledge-bases/{id}/documents",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Upload a document",
            description =
                    "The file is safe when this returns; the work on it goes on. Where a document of the"
                            + " same folder has its name (capitals make no difference), it becomes"
                            + " that document's next version, and readers find the old one until"
                            + " the new one is ready. The same content is not worked on again: the"
                            + " document that has it in the base is returned.")
    ResponseEntity<UploadJson> upload(
            Principal principal,
            @PathVariable UUID id,
            @RequestPart("file") MultipartFile file,
            @Parameter(description = "To put it into; the top of the base unless given.")
                    @RequestParam(name = "folder_id", required = false)
                    @Nullable UUID folder,
            @Parameter(
                            description =
                                    "What becomes of it where a document has its name: that"
                                            + " document's next version, a document of its own"
                                            + " beside it, or nothing (409 `document-exists`).",
                            schema =
                                    @Schema(
                                            allowableValues = {"version", "keep", "refuse"},
                                            defaultValue = "version"))
                    @RequestParam(name = "if_exists", defaultValue = "version")
                    String ifExists,
            @Parameter(description = "To put on it; for keys that may edit, as `fields`.")
                    @RequestParam(required = false)
                    @Nullable List<String> tags,
            @Parameter(
                            description = "A JSON object. " + GivenFields.IN,
                            example = "{\"State\": \"signed\", \"Amount\": 12.5}")
                    @RequestParam(required = false)
                    @Nullable String fields,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers)
            throws IOException {
        var same = sameName(ifExists);
        var base = new KnowledgeBaseId(id);
        var into = folder == null ? null : new FolderId(folder);
        if (into == null) {
            access.require(principal, base, Right.UPLOAD);
        }
        var given = labels.of(principal, base, tags, fields);
        try (var bytes = file.getInputStream()) {
            var kept = library.upload(principal, base, into, name(file), bytes, same);
            var uploaded = labels.put(principal, kept, given);
            return ResponseEntity.accepted()
                    .location(URI.create("/api/v1/documents/" + uploaded.document().id()))
                    .body(UploadJson.of(uploaded, sentences, Sentences.language(headers)));
        }
    }

    @GetMapping("/documents/{id}")
    @Operation(summary = "See how a document goes")
    DocumentJson get(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        return DocumentJson.of(found(principal, id), sentences, Sentences.language(headers));
    }

    @GetMapping("/documents/{id}/parts")
    @Operation(
            summary = "List the documents that came in an archive or mail",
            description = "By their names there.")
    Page<DocumentJson> parts(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(description = "`next_cursor` of the page before.")
                    @RequestParam(defaultValue = "0")
                    @Min(0)
                    int cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT)
                    int limit,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var row = found(principal, id);
        var language = Sentences.language(headers);
        var parts =
                library.parts(access.everythingFor(principal), row.id(), cursor, limit).stream()
                        .map(part -> DocumentJson.of(part, sentences, language))
                        .toList();
        int next = cursor + parts.size();
        return new Page<>(parts, next < row.parts().all() ? String.valueOf(next) : null);
    }

    @PutMapping(path = "/documents/{id}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            summary = "Replace a document by a new version",
            description = "Readers find the old version until the new one is ready.")
    ResponseEntity<DocumentJson> replace(
            Principal principal,
            @PathVariable UUID id,
            @RequestPart("file") MultipartFile file,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers)
            throws IOException {
        var row = found(principal, id);
        try (var bytes = file.getInputStream()) {
            return accepted(library.replace(principal, row.id(), name(file), bytes), headers);
        }
    }

    @PostMapping("/documents/{id}/retry")
    @Operation(
            summary = "Try a failed document again",
            description =
                    "Or read a ready one again whose findings say that pages or pictures stayed"
                            + " unread because a program was missing or a server did not answer.")
    ResponseEntity<DocumentJson> retry(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var row = found(principal, id);
        if (!library.retry(principal, row.id())) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    "not-failed",
                    "Only a failed document, or one with pages that stayed unread, can be retried.");
        }
        return accepted(found(principal, id), headers);
    }

    @PostMapping("/documents/{id}/cancel")
    @Operation(summary = "End the work on a document")
    ResponseEntity<DocumentJson> cancel(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(hidden = true) @RequestHeader HttpHeaders headers) {
        var row = found(principal, id);
        if (!library.cancel(principal, row.id())) {
            throw new Refused(HttpStatus.CONFLICT, "not-in-work", "There is no work on it to end.");
        }
        return accepted(found(principal, id), headers);
    }

    @DeleteMapping("/documents/{id}")
    @Operation(summary = "Delete a document")
    ResponseEntity<Void> delete(Principal principal, @PathVariable UUID id) {
        var row = found(principal, id);
        if (!library.delete(principal, row.id())) {
            throw new NotThere("document");
        }
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/documents/{id}/original")
    @Operation(summary = "Download the file as it was uploaded")
    ResponseEntity<Resource> original(
            Principal principal,
            @PathVariable UUID id,
            @Parameter(description = "The newest unless given.") @RequestParam @Min(1)
                    @Nullable Integer version)
            throws IOException {
        var row = found(principal, id);
        var file =
                library.original(
                                access.everythingFor(principal),
                                row.id(),
                                version == null ? row.version() : version)
                        .orElseThrow(() -> new NotThere("document"));
        var disposition =
                ContentDisposition.attachment()
                        .filename(file.fileName(), StandardCharsets.UTF_8)
                        .build();
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(library.bytesOf(file));
    }

    private DocumentRow found(Principal principal, UUID id) {
        return library.document(access.everythingFor(principal), new DocumentId(id))
                .or(
                        () ->
                                library.document(
                                        access.everythingFor(principal, Right.UPLOAD),
                                        new DocumentId(id)))
                .orElseThrow(() -> new NotThere("document"));
    }

    private ResponseEntity<DocumentJson> accepted(DocumentRow row, HttpHeaders headers) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/documents/" + row.id()))
                .body(DocumentJson.of(row, sentences, Sentences.language(headers)));
    }

    private static SameName sameName(String given) {
        return switch (given) {
            case "version" -> SameName.VERSION;
            case "keep" -> SameName.KEEP;
            case "refuse" -> SameName.REFUSE;
            default ->
                    throw new Refused(
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "if_exists is version, keep or refuse.",
                            "if_exists");
        };
    }

    /// The last part of what the client calls the file; data only, never part of a path.
    private static String name(MultipartFile file) {
        var given = file.getOriginalFilename();
        var name =
                given == null ? "" : given.substring(given.replace('\\', '/').lastIndexOf('/') + 1);
        if (name.isBlank()) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST, "invalid-request", "The file has no name.", "file");
        }
        return name;
    }
}
