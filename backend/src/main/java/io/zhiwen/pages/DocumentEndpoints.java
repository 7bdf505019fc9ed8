package io.zhiwen.pages;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Library;
import io.zhiwen.library.SameName;
import io.zhiwen.library.Uploaded;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.multipart.MultipartFile;

/// What the library's scripts ask for: uploads, and how documents move on.
@Controller
@RequestMapping("/app")
class DocumentEndpoints {

    private static final int MOST = 100;
    private static final int MOST_NAMES = 5_000;

    private final Library library;
    private final PlacesInLine places;
    private final Access access;
    private final Words words;

    DocumentEndpoints(Library library, PlacesInLine places, Access access, Words words) {
        this.library = library;
        this.places = places;
        this.access = access;
        this.words = words;
    }

    @PostMapping("/bases/{id}/documents")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ResponseBody
    Sent upload(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable UUID folder,
            @RequestParam(defaultValue = "false") boolean version,
            @RequestParam MultipartFile file,
            Locale to)
            throws IOException {
        try (var bytes = file.getInputStream()) {
            var uploaded =
                    library.upload(
                            me,
                            new KnowledgeBaseId(id),
                            folder(folder),
                            nameOf(file),
                            bytes,
                            version ? SameName.VERSION : SameName.KEEP);
            return new Sent(RowView.of(uploaded.document(), words, to), note(uploaded, to));
        }
    }

    /// Which of the names are taken in the folder, or at the top of the base.
    @PostMapping("/bases/{id}/documents/taken")
    @ResponseBody
    List<String> taken(Principal.User me, @PathVariable UUID id, @RequestBody Names wanted) {
        return library.taken(
                me,
                new KnowledgeBaseId(id),
                folder(wanted.folder()),
                wanted.names().stream().limit(MOST_NAMES).toList());
    }

    record Names(@Nullable UUID folder, List<String> names) {}

    /// @param note what came of it, where that is not a new document
    record Sent(@JsonUnwrapped RowView row, String note) {}

    private String note(Uploaded uploaded, Locale to) {
        return switch (uploaded.result()) {
            case CREATED -> "";
            case VERSION -> words.say(to, "upload.version", uploaded.document().version());
            case UNCHANGED -> words.say(to, "upload.unchanged", uploaded.document().name());
        };
    }

    private static @Nullable FolderId folder(@Nullable UUID id) {
        return id == null ? null : new FolderId(id);
    }

    @PostMapping("/documents/{id}/replace")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @ResponseBody
    RowView replace(
            Principal.User me, @PathVariable UUID id, @RequestParam MultipartFile file, Locale to)
            throws IOException {
        try (var bytes = file.getInputStream()) {
            var row = library.replace(me, new DocumentId(id), nameOf(file), bytes);
            return RowView.of(row, words, to);
        }
    }

    /// These rows as HTML.
    @GetMapping("/bases/{base}/documents")
    String rows(
            Principal.User me,
            @PathVariable UUID base,
            @RequestParam(defaultValue = "") List<UUID> id,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var key = new KnowledgeBaseId(base);
        var found = library.base(scope, key).orElseThrow(Faults.Gone::new);
        var may = May.of(access.rights(me, key));
        model.addAttribute("may", may);
        model.addAttribute("base", LibraryPages.BaseView.of(found)); // its id alone otherwise
        model.addAttribute("facts", LibraryPages.facts(found, words, locale));
        var rows = named(me, id).stream().filter(row -> row.base().equals(key)).toList();
        var inLine = places.of(rows, may, locale);
        model.addAttribute(
                "rows",
                rows.stream()
                        .map(row -> RowView.of(row, inLine.get(row.id()), words, locale))
                        .toList());
        return "library/rows :: rows";
    }

    /// How documents are doing, of any base; those that are gone are left out.
    @GetMapping("/documents")
    @ResponseBody
    List<RowView> states(Principal.User me, @RequestParam List<UUID> id, Locale locale) {
        return named(me, id).stream().map(row -> RowView.of(row, words, locale)).toList();
    }

    @PostMapping("/documents/{id}/cancel")
    ResponseEntity<Void> cancel(Principal.User me, @PathVariable UUID id) {
        mustSee(me, id);
        library.cancel(me, new DocumentId(id));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/documents/{id}/retry")
    ResponseEntity<Void> retry(Principal.User me, @PathVariable UUID id) {
        mustSee(me, id);
        library.retry(me, new DocumentId(id));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/documents/{id}")
    ResponseEntity<Void> delete(Principal.User me, @PathVariable UUID id) {
        if (!library.delete(me, new DocumentId(id))) {
            throw new Faults.Gone();
        }
        return ResponseEntity.noContent().build();
    }

    private void mustSee(Principal.User me, UUID id) {
        if (library.document(access.everythingFor(me), new DocumentId(id)).isEmpty()) {
            throw new Faults.Gone();
        }
    }

    private List<DocumentRow> named(Principal.User me, List<UUID> ids) {
        var scope = access.everythingFor(me);
        return ids.stream()
                .limit(MOST)
                .distinct()
                .flatMap(id -> library.document(scope, new DocumentId(id)).stream())
                .toList();
    }

    private static String nameOf(MultipartFile file) {
        var name = file.getOriginalFilename();
        return name == null || name.isBlank() ? "file" : name;
    }
}
