package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.Fields;
import io.zhiwen.library.Filing;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Folders;
import io.zhiwen.library.Library;
import io.zhiwen.library.Listing;
import io.zhiwen.library.Lives;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Does one thing to all documents that a table shows on all of its pages. The page names how many
/// they are, and when they are another number by the time it is done, it asks again.
@Controller
@RequestMapping("/library/{id}/documents/all")
class AllDocumentsPages {

    private final DocumentTable table;
    private final Filing filing;
    private final Lives lives;
    private final Library library;
    private final Folders folders;
    private final Fields fields;
    private final Access access;
    private final Words words;

    AllDocumentsPages(
            DocumentTable table,
            Filing filing,
            Lives lives,
            Library library,
            Folders folders,
            Fields fields,
            Access access,
            Words words) {
        this.table = table;
        this.filing = filing;
        this.lives = lives;
        this.library = library;
        this.folders = folders;
        this.fields = fields;
        this.access = access;
        this.words = words;
    }

    /// @param asked what the table shows
    @GetMapping
    String page(
            Principal.User me,
            @PathVariable UUID id,
            ListingView.Asked asked,
            @RequestParam Map<String, String> request,
            Model model,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        var shown = shown(me, base, asked, request);
        show(me, base, shown, documents(me, base, shown.listing()).size(), model, locale);
        return "library/all-documents";
    }

    /// @param count how many the page named
    /// @param label the tag to put on or take off
    @PostMapping
    String act(
            Principal.User me,
            @PathVariable UUID id,
            ListingView.Asked asked,
            @RequestParam Map<String, String> request,
            @RequestParam String act,
            @RequestParam int count,
            @RequestParam @Nullable UUID to,
            @RequestParam(defaultValue = "") String label,
            Model model,
            Locale locale,
            RedirectAttributes next) {
        var base = new KnowledgeBaseId(id);
        var shown = shown(me, base, asked, request);
        var ids = documents(me, base, shown.listing());
        if (ids.size() != count) {
            model.addAttribute("wrong", words.say("library.all.other"));
            show(me, base, shown, ids.size(), model, locale);
            return "library/all-documents";
        }
        try {
            int done =
                    switch (act) {
                        case "move" ->
                                filing.move(me, base, ids, to == null ? null : new FolderId(to));
                        case "tag" -> filing.tag(me, base, ids, label);
                        case "untag" -> filing.untag(me, base, ids, label);
                        case "enable" -> lives.enable(me, base, ids, true);
                        case "disable" -> lives.enable(me, base, ids, false);
                        case "delete" -> library.delete(me, base, ids);
                        default -> throw new Faults.Gone();
                    };
            next.addFlashAttribute("done", words.say("library.many.done", done));
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute("wrong", words.say("library.tag.bad"));
        }
        return "redirect:" + ListingView.address(id.toString(), shown.listing(), shown.fields());
    }

    private record Shown(Listing listing, FieldsAsked fields) {}

    private Shown shown(
            Principal.User me,
            KnowledgeBaseId base,
            ListingView.Asked asked,
            Map<String, String> request) {
        var ofFields = FieldsAsked.of(fields.of(access.everythingFor(me), base), request, words);
        return new Shown(asked.listing(ofFields), ofFields);
    }

    /// Those of them that this person may edit.
    private List<DocumentId> documents(Principal.User me, KnowledgeBaseId base, Listing listing) {
        var scope = access.everythingFor(me, Right.EDIT);
        if (!scope.allows(base)) {
            access.require(me, base, Right.EDIT);
        }
        return table.all(scope, base, listing);
    }

    private void show(
            Principal.User me,
            KnowledgeBaseId id,
            Shown shown,
            int count,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var base = library.base(scope, id).orElseThrow(Faults.Gone::new);
        var formats = new Formats(locale);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute(
                "here", ListingView.address(id.toString(), shown.listing(), shown.fields()));
        model.addAttribute(
                "action", ListingView.all(id.toString(), shown.listing(), shown.fields()));
        model.addAttribute("count", count);
        model.addAttribute("title", words.say(locale, "library.all.title", formats.number(count)));
        model.addAttribute("tags", table.tags(scope, id));
        model.addAttribute(
                "folders",
                folders.all(scope, id).stream()
                        .map(one -> LibraryPages.FolderView.of(one, words, locale))
                        .toList());
    }
}
