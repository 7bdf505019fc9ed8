package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FieldRefused;
import io.zhiwen.library.FieldValues;
import io.zhiwen.library.Filing;
import io.zhiwen.library.Folder;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.FolderRefused;
import io.zhiwen.library.Folders;
import io.zhiwen.library.Library;
import io.zhiwen.library.Lives;
import io.zhiwen.library.Quarantine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The forms that make, rename, move and delete folders, and that file many documents at once.
@Controller
class FolderPages {

    private static final int MOST = 500;

    private final Folders folders;
    private final Filing filing;
    private final Lives lives;
    private final FieldValues values;
    private final Quarantine quarantine;
    private final Library library;
    private final Access access;
    private final Words words;

    FolderPages(
            Folders folders,
            Filing filing,
            Lives lives,
            FieldValues values,
            Quarantine quarantine,
            Library library,
            Access access,
            Words words) {
        this.folders = folders;
        this.filing = filing;
        this.lives = lives;
        this.values = values;
        this.quarantine = quarantine;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @PostMapping("/library/{id}/folders")
    String create(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable UUID parent,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        try {
            var made = folders.create(me, new KnowledgeBaseId(id), folder(parent), name);
            next.addFlashAttribute("done", words.say("folder.created"));
            return at(id, made.value());
        } catch (FolderRefused refused) {
            return refused(refused, at(id, parent), next);
        }
    }

    @PostMapping("/library/folders/{id}/rename")
    String rename(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        var folder = found(me, id);
        var back = at(folder.base().value(), id);
        try {
            folders.rename(me, folder.id(), name);
            next.addFlashAttribute("done", words.say("folder.renamed"));
            return back;
        } catch (FolderRefused refused) {
            return refused(refused, back, next);
        }
    }

    @PostMapping("/library/folders/{id}/move")
    String move(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable UUID to,
            RedirectAttributes next) {
        var folder = found(me, id);
        var back = at(folder.base().value(), id);
        try {
            folders.move(me, folder.id(), folder(to));
            next.addFlashAttribute("done", words.say("folder.moved"));
            return back;
        } catch (FolderRefused refused) {
            return refused(refused, back, next);
        }
    }

    @PostMapping("/library/folders/{id}/delete")
    String delete(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        var folder = found(me, id);
        folders.delete(me, folder.id());
        next.addFlashAttribute("done", words.say("library.deleted", folder.name()));
        var parent = folder.parent();
        return at(folder.base().value(), parent == null ? null : parent.value());
    }

    /// Does one thing to all that are ticked.
    ///
    /// @param in the folder the page shows
    @PostMapping("/library/{id}/documents")
    String many(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam String act,
            @RequestParam(defaultValue = "") List<UUID> document,
            @RequestParam @Nullable UUID in,
            @RequestParam @Nullable UUID to,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "") String field,
            @RequestParam(defaultValue = "") String value,
            RedirectAttributes next) {
        var base = new KnowledgeBaseId(id);
        var ids = document.stream().distinct().limit(MOST).map(DocumentId::new).toList();
        if (ids.isEmpty()) {
            next.addFlashAttribute("wrong", words.say("library.many.none"));
            return at(id, in);
        }
        try {
            int done =
                    switch (act) {
                        case "move" -> filing.move(me, base, ids, folder(to));
                        case "tag" -> filing.tag(me, base, ids, tag);
                        case "untag" -> filing.untag(me, base, ids, tag);
                        case "field" -> values.set(me, base, ids, field, value);
                        case "enable" -> lives.enable(me, base, ids, true);
                        case "disable" -> lives.enable(me, base, ids, false);
                        case "quarantine" -> quarantine.hold(me, base, ids, "");
                        case "delete" -> library.delete(me, base, ids);
                        default -> throw new Faults.Gone();
                    };
            next.addFlashAttribute("done", words.say("library.many.done", done));
        } catch (FieldRefused refused) {
            next.addFlashAttribute("wrong", FieldView.wrong(refused, words));
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute("wrong", words.say("library.tag.bad"));
        }
        return at(id, in);
    }

    private Folder found(Principal.User me, UUID id) {
        return folders.one(access.everythingFor(me), new FolderId(id))
                .orElseThrow(Faults.Gone::new);
    }

    private String refused(FolderRefused refused, String back, RedirectAttributes next) {
        next.addFlashAttribute("wrong", words.say("folder." + refused.code()));
        return back;
    }

    private static @Nullable FolderId folder(@Nullable UUID id) {
        return id == null ? null : new FolderId(id);
    }

    private static String at(UUID base, @Nullable UUID folder) {
        return "redirect:/library/" + base + (folder == null ? "" : "?folder=" + folder);
    }
}
