package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.BaseFigures;
import io.zhiwen.library.DocumentTable;
import io.zhiwen.library.Failures;
import io.zhiwen.library.Fields;
import io.zhiwen.library.Folder;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Folders;
import io.zhiwen.library.HeldDocuments;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import io.zhiwen.library.NoSuchDocument;
import io.zhiwen.library.Pauses;
import io.zhiwen.library.UploadLimit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The bases, and one base with its documents. Every form works without scripts.
@Controller
class LibraryPages {

    private static final int LONGEST_NAME = 120;

    private final Library library;
    private final Access access;
    private final Words words;
    private final UploadLimit uploads;
    private final Folders folders;
    private final DocumentTable table;
    private final Fields fields;
    private final Failures failures;
    private final HeldDocuments held;
    private final Pauses pauses;
    private final PlacesInLine places;
    private final BaseFigures figures;

    LibraryPages(
            Library library,
            Folders folders,
            DocumentTable table,
            Fields fields,
            Failures failures,
            HeldDocuments held,
            Pauses pauses,
            PlacesInLine places,
            BaseFigures figures,
            Access access,
            Words words,
            UploadLimit uploads) {
        this.library = library;
        this.folders = folders;
        this.table = table;
        this.fields = fields;
        this.failures = failures;
        this.held = held;
        this.pauses = pauses;
        this.places = places;
        this.figures = figures;
        this.access = access;
        this.words = words;
        this.uploads = uploads;
    }

    /// @param id as text, for links
    record BaseView(String id, String name, long documents, long ready, long failed) {

        static BaseView of(KnowledgeBase base) {
            return new BaseView(
                    base.id().toString(),
                    base.name(),
                    base.documents(),
                    base.ready(),
                    base.failed());
        }
    }

    @GetMapping("/library")
    String bases(Principal.User me, Model model, Locale locale) {
        model.addAttribute(
                "waiting", held.counts(me).values().stream().mapToInt(Integer::intValue).sum());
        model.addAttribute(
                "bases",
                library.bases(access.everythingFor(me)).stream().map(BaseView::of).toList());
        Map<String, List<String>> takesUp = new HashMap<>();
        figures.all(me)
                .forEach(
                        (base, one) ->
                                takesUp.put(base.toString(), FiguresView.of(one, words, locale)));
        model.addAttribute("figures", takesUp);
        return "library/bases";
    }

    @PostMapping("/library")
    String create(
            Principal.User me,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        if (isNameless(name, next)) {
            return "redirect:/library";
        }
        var made = library.create(me, name.strip());
        next.addFlashAttribute("done", words.say("library.base.created"));
        return "redirect:/library/" + made.id();
    }

    @PostMapping("/library/sample")
    String sample(Principal.User me, RedirectAttributes next) throws IOException {
        var base = library.loadSample(me);
        next.addFlashAttribute("done", words.say("library.sample.loaded"));
        return "redirect:/library/" + base.id();
    }

    /// A folder as its place shows it.
    record FolderView(String id, String name, String path, String documents, boolean guarded) {

        static FolderView of(Folder folder, Words words, Locale locale) {
            return new FolderView(
                    folder.id().toString(),
                    folder.name(),
                    String.join(" / ", folder.path()),
                    words.say(locale, "library.base.documents", folder.documents()),
                    folder.guarded());
        }
    }

    @GetMapping("/library/{id}")
    String base(
            Principal.User me,
            @PathVariable UUID id,
            ListingView.Asked asked,
            @RequestParam Map<String, String> request,
            Model model,
            Locale locale) {
        var scope = access.everythingFor(me);
        var key = new KnowledgeBaseId(id);
        var base = library.base(scope, key).orElseThrow(Faults.Gone::new);
        var all = folders.all(scope, key);
        var own = fields.of(scope, key);
        var ofFields = FieldsAsked.of(own, request, words);
        var listing = asked.listing(ofFields);
        var here = listing.folder();
        if (here != null && all.stream().noneMatch(folder -> folder.id().equals(here))) {
            throw new Faults.Gone();
        }
        var page = table.page(scope, key, listing);
        model.addAttribute("base", BaseView.of(base));
        var may = May.of(access.rights(me, key));
        model.addAttribute("may", may);
        model.addAttribute("waiting", held.counts(me).getOrDefault(key, 0));
        model.addAttribute(
                "figures",
                may.manage() ? FiguresView.of(figures.of(me, key), words, locale) : List.of());
        model.addAttribute(
                "pause",
                pauses.of(key).map(pause -> PauseView.of(pause, words, locale)).orElse(null));
        model.addAttribute(
                "failures", may.edit() ? FailuresView.of(failures, me, key, words, locale) : null);
        model.addAttribute(
                "list",
                ListingView.of(id.toString(), listing, ofFields, page.total(), words, locale));
        model.addAttribute(
                "fields", own.stream().map(field -> FieldView.of(field, words, locale)).toList());
        model.addAttribute("unasked", ofFields.wrong());
        model.addAttribute("owners", table.owners(scope, key));
        model.addAttribute("tags", table.tags(scope, key));
        model.addAttribute("crumbs", crumbs(all, here, locale));
        model.addAttribute("folders", views(all, locale));
        model.addAttribute(
                "inside",
                listing.isSearch()
                        ? List.of()
                        : views(
                                all.stream()
                                        .filter(folder -> Objects.equals(folder.parent(), here))
                                        .toList(),
                                locale));
        var inLine = places.of(page.rows(), may, locale);
        model.addAttribute(
                "rows",
                page.rows().stream()
                        .map(
                                row ->
                                        RowView.of(row, inLine.get(row.id()), words, locale)
                                                .in(pathOf(all, row.folder())))
                        .toList());
        model.addAttribute("uploadMax", uploads.bytes());
        model.addAttribute("uploadMaxText", new Formats(locale).size(uploads.bytes()));
        return "library/base";
    }

    private List<FolderView> views(List<Folder> some, Locale locale) {
        return some.stream().map(folder -> FolderView.of(folder, words, locale)).toList();
    }

    /// From the top down to the folder shown; empty at the top.
    private List<FolderView> crumbs(List<Folder> all, @Nullable FolderId here, Locale locale) {
        List<Folder> way = new ArrayList<>();
        for (var at = here; at != null; at = way.getFirst().parent()) {
            var id = at;
            all.stream()
                    .filter(folder -> folder.id().equals(id))
                    .findFirst()
                    .ifPresent(way::addFirst);
        }
        return views(way, locale);
    }

    private static String pathOf(List<Folder> all, @Nullable FolderId id) {
        return all.stream()
                .filter(folder -> folder.id().equals(id))
                .findFirst()
                .map(folder -> String.join(" / ", folder.path()))
                .orElse("");
    }

    @PostMapping("/library/{id}/rename")
    String rename(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        if (!isNameless(name, next)) {
            library.rename(me, new KnowledgeBaseId(id), name.strip());
            next.addFlashAttribute("done", words.say("library.base.renamed"));
        }
        return "redirect:/library/" + id;
    }

    @PostMapping("/library/{id}/delete")
    String delete(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        var key = new KnowledgeBaseId(id);
        var base = library.base(access.everythingFor(me), key).orElseThrow(Faults.Gone::new);
        library.delete(me, key);
        next.addFlashAttribute("done", words.say("library.base.deleted", base.name()));
        return "redirect:/library";
    }

    @PostMapping("/library/documents/{id}/delete")
    String deleteDocument(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        var key = new DocumentId(id);
        var row = library.document(access.everythingFor(me), key).orElseThrow(Faults.Gone::new);
        if (!library.delete(me, key)) {
            throw new NoSuchDocument(key);
        }
        next.addFlashAttribute("done", words.say("library.deleted", row.name()));
        return "redirect:/library/" + row.base();
    }

    private boolean isNameless(String name, RedirectAttributes next) {
        boolean nameless = name.isBlank() || name.strip().length() > LONGEST_NAME;
        if (nameless) {
            next.addFlashAttribute("wrong", words.say("library.base.nameless"));
        }
        return nameless;
    }

    static String facts(KnowledgeBase base, Words words, Locale locale) {
        var facts =
                List.of(
                        words.say(locale, "library.base.documents", base.documents()),
                        words.say(locale, "library.base.ready", base.ready()),
                        base.failed() == 0
                                ? ""
                                : words.say(locale, "library.base.failed", base.failed()));
        return String.join("\n", facts).strip();
    }
}
