package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Choice;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.Folder;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Folders;
import io.zhiwen.library.Library;
import io.zhiwen.library.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What of a base a question can be narrowed to.
@RestController
class ScopeEndpoints {

    private static final int AT_ONCE = 200;

    private final Folders folders;
    private final DocumentTable documents;
    private final Library library;
    private final Access access;

    ScopeEndpoints(Folders folders, DocumentTable documents, Library library, Access access) {
        this.folders = folders;
        this.documents = documents;
        this.library = library;
        this.access = access;
    }

    /// @param path the names of the folders above
    record Part(String kind, String id, String name, String path, long documents) {}

    record Above(String id, String name) {}

    /// What lies in a folder, or is called so anywhere below it.
    ///
    /// @param above the folders from the top down to this one
    /// @param more whether there are documents beyond those
    record Inside(String base, List<Above> above, List<Part> parts, boolean more) {}

    @GetMapping("/app/scope/{base}")
    Inside inside(
            Principal.User me,
            @PathVariable UUID base,
            @RequestParam @Nullable UUID folder,
            @RequestParam(defaultValue = "") String q) {
        var id = new KnowledgeBaseId(base);
        var scope = access.everythingFor(me);
        var name = library.base(scope, id).orElseThrow(Faults.Gone::new).name();
        var all = folders.all(scope, id);
        var in = folder == null ? null : new FolderId(folder);
        List<Part> parts = new ArrayList<>();
        for (Folder one : all) {
            boolean shown =
                    q.isBlank()
                            ? Objects.equals(one.parent(), in)
                            : one.name()
                                    .toLowerCase(Locale.ROOT)
                                    .contains(q.strip().toLowerCase(Locale.ROOT));
            if (shown && one.documents() > 0) {
                parts.add(part(one));
            }
        }
        var listing =
                new Listing(
                        in,
                        q,
                        "",
                        q.isBlank() ? null : Listing.State.READY,
                        Listing.Order.NAME,
                        false,
                        1,
                        AT_ONCE);
        var page = documents.page(scope, id, listing);
        page.rows().stream()
                .filter(DocumentRow::live)
                .map(row -> new Part("document", row.id().toString(), row.name(), "", 1))
                .forEach(parts::add);
        return new Inside(name, above(all, in), parts, page.total() > AT_ONCE);
    }

    /// What a chat searches beside whole bases; what is gone is left out.
    List<ChosenPart> chosen(Scope scope, Choice choice) {
        List<ChosenPart> parts = new ArrayList<>();
        for (var id : choice.folders()) {
            folders.one(scope, new FolderId(id))
                    .map(
                            folder ->
                                    new ChosenPart(
                                            "folder",
                                            id.toString(),
                                            folder.base().toString(),
                                            folder.name()))
                    .ifPresent(parts::add);
        }
        for (var id : choice.documents()) {
            library.document(scope, id)
                    .map(
                            row ->
                                    new ChosenPart(
                                            "document",
                                            id.toString(),
                                            row.base().toString(),
                                            row.name()))
                    .ifPresent(parts::add);
        }
        return parts;
    }

    private static Part part(Folder folder) {
        var path = folder.path();
        return new Part(
                "folder",
                folder.id().value().toString(),
                folder.name(),
                String.join(" / ", path.subList(0, path.size() - 1)),
                folder.documents());
    }

    private static List<Above> above(List<Folder> all, @Nullable FolderId folder) {
        List<Above> above = new ArrayList<>();
        var at = folder;
        while (at != null) {
            var id = at;
            var one =
                    all.stream()
                            .filter(each -> each.id().equals(id))
                            .findFirst()
                            .orElseThrow(Faults.Gone::new);
            above.addFirst(new Above(id.value().toString(), one.name()));
            at = one.parent();
        }
        return above;
    }
}
