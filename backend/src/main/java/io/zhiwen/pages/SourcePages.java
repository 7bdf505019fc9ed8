package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FolderId;
import io.zhiwen.library.Folders;
import io.zhiwen.library.Library;
import io.zhiwen.source.Kinds;
import io.zhiwen.source.Mode;
import io.zhiwen.source.SourceDraft;
import io.zhiwen.source.SourceId;
import io.zhiwen.source.SourceRefused;
import io.zhiwen.source.SourceRow;
import io.zhiwen.source.SourceRuns;
import io.zhiwen.source.Sources;
import io.zhiwen.source.Trial;
import io.zhiwen.source.place.SourceKind;
import java.util.HashMap;
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

/// The sources of a base, for its managers: which there are and how their last runs went; made,
/// changed, tried out, removed. Works without scripts.
@Controller
@RequestMapping("/library/{id}/sources")
class SourcePages {

    /// Of a place's fields in the form, so that they cannot be taken for others.
    private static final String FIELD = "field-";

    private final Sources sources;
    private final SourceRuns runs;
    private final Kinds kinds;
    private final Folders folders;
    private final Library library;
    private final Access access;
    private final Words words;

    SourcePages(
            Sources sources,
            SourceRuns runs,
            Kinds kinds,
            Folders folders,
            Library library,
            Access access,
            Words words) {
        this.sources = sources;
        this.runs = runs;
        this.kinds = kinds;
        this.folders = folders;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// A kind, or a folder of the base, to choose from.
    record Choice(String value, String text) {}

    @GetMapping
    String all(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var view = new SourcesView(words, locale);
        model.addAttribute(
                "sources",
                sources.of(me, new KnowledgeBaseId(id)).stream()
                        .map(row -> view.one(row, null))
                        .toList());
        model.addAttribute(
                "kinds",
                kinds.all().stream()
                        .map(
                                kind ->
                                        new Choice(
                                                kind.name(),
                                                words.say(locale, "sources.kind." + kind.name())))
                        .toList());
        return page(me, id, model, "library/sources");
    }

    @GetMapping("/new")
    String blank(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam String kind,
            Model model,
            Locale locale) {
        List<SourceRow> _ = sources.of(me, new KnowledgeBaseId(id)); // only for managers
        var chosen = kinds.named(kind).orElseThrow(Faults.Gone::new);
        form(model, locale, me, id, chosen, null);
        return page(me, id, model, "library/source-form");
    }

    @GetMapping("/{source}/edit")
    String edit(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            Model model,
            Locale locale) {
        var row = sources.one(me, new KnowledgeBaseId(id), new SourceId(source));
        form(model, locale, me, id, kinds.named(row.kind()).orElseThrow(Faults.Gone::new), row);
        return page(me, id, model, "library/source-form");
    }

    @PostMapping
    String add(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam Map<String, String> said,
            RedirectAttributes next,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        try {
            SourceId added = sources.add(me, base, draft(said));
            boolean well = tried(me, base, added, next, locale);
            if (well && said.containsKey("start")) {
                UUID _ = runs.ask(me, base, added, Mode.SYNC);
            }
            return at(id, added.value());
        } catch (SourceRefused refused) {
            tell(refused, next, locale);
            return refused.reason() == SourceRefused.Reason.NO_SUCH_KIND
                    ? "redirect:/library/" + id + "/sources"
                    : "redirect:/library/" + id + "/sources/new?kind=" + said.get("kind");
        }
    }

    @PostMapping("/{source}")
    String change(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @RequestParam Map<String, String> said,
            RedirectAttributes next,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        try {
            sources.change(me, base, new SourceId(source), draft(said));
            boolean _ = tried(me, base, new SourceId(source), next, locale);
            return at(id, source);
        } catch (SourceRefused refused) {
            tell(refused, next, locale);
            return at(id, source) + "/edit";
        }
    }

    @PostMapping("/{source}/test")
    String test(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            RedirectAttributes next,
            Locale locale) {
        boolean _ = tried(me, new KnowledgeBaseId(id), new SourceId(source), next, locale);
        return at(id, source);
    }

    @PostMapping("/{source}/delete")
    String delete(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @RequestParam(defaultValue = "false") boolean documents,
            RedirectAttributes next,
            Locale locale) {
        sources.delete(me, new KnowledgeBaseId(id), new SourceId(source), documents);
        next.addFlashAttribute(
                "done", words.say(locale, documents ? "sources.deleted.all" : "sources.deleted"));
        return "redirect:/library/" + id + "/sources";
    }

    /// @return whether it can be read
    private boolean tried(
            Principal.User me,
            KnowledgeBaseId base,
            SourceId source,
            RedirectAttributes next,
            Locale locale) {
        Trial trial = runs.test(me, base, source);
        var trouble = trial.trouble();
        if (trouble != null) {
            next.addFlashAttribute("wrong", words.say(locale, "sources.trouble." + trouble.code()));
            next.addFlashAttribute("detail", trial.detail());
            return false;
        }
        next.addFlashAttribute(
                "done",
                trial.names().isEmpty()
                        ? words.say(locale, "sources.tried.empty")
                        : words.say(
                                locale,
                                "sources.tried",
                                String.join(
                                        words.say(locale, "sources.tried.comma"), trial.names())));
        return true;
    }

    private void tell(SourceRefused refused, RedirectAttributes next, Locale locale) {
        next.addFlashAttribute(
                "wrong", words.say(locale, "sources.refused." + refused.reason().code()));
    }

    private static SourceDraft draft(Map<String, String> said) {
        Map<String, String> values = new HashMap<>();
        said.forEach(
                (name, value) -> {
                    if (name.startsWith(FIELD)) {
                        values.put(name.substring(FIELD.length()), value);
                    }
                });
        String folder = said.getOrDefault("folder", "");
        String every = said.getOrDefault("every", "");
        try {
            return new SourceDraft(
                    said.getOrDefault("kind", ""),
                    said.getOrDefault("name", ""),
                    folder.isEmpty() ? null : new FolderId(UUID.fromString(folder)),
                    values,
                    every.isEmpty() ? null : Integer.valueOf(every));
        } catch (IllegalArgumentException e) {
            throw new Faults.Gone();
        }
    }

    /// @param row null for a new one
    private void form(
            Model model,
            Locale locale,
            Principal.User me,
            UUID id,
            SourceKind kind,
            @Nullable SourceRow row) {
        var view = new SourcesView(words, locale);
        model.addAttribute("ofKind", kind.name());
        model.addAttribute("kindName", words.say(locale, "sources.kind." + kind.name()));
        model.addAttribute("kindLead", words.say(locale, "sources.lead." + kind.name()));
        model.addAttribute(
                "inputs",
                view.inputs(
                        kind, row == null ? Map.of() : row.place(), row != null && row.sealed()));
        model.addAttribute("source", row == null ? null : row.id().toString());
        model.addAttribute("name", row == null ? "" : row.name());
        Integer every = row == null ? Integer.valueOf(60) : row.everyMinutes();
        var schedules = new java.util.ArrayList<>(SourcesView.SCHEDULES);
        if (every != null && !schedules.contains(every)) {
            schedules.add(every);
        }
        model.addAttribute("every", every == null ? "" : every.toString());
        model.addAttribute(
                "schedules",
                schedules.stream()
                        .map(one -> new Choice(one.toString(), view.schedule(one)))
                        .toList());
        var folder = row == null ? null : row.folder();
        model.addAttribute("folder", folder == null ? "" : folder.toString());
        model.addAttribute(
                "folders",
                folders.all(access.everythingFor(me), new KnowledgeBaseId(id)).stream()
                        .map(one -> new Choice(one.id().toString(), String.join(" / ", one.path())))
                        .toList());
        model.addAttribute("field", FIELD);
    }

    private String page(Principal.User me, UUID id, Model model, String view) {
        model.addAttribute(
                "base",
                LibraryPages.BaseView.of(
                        library.base(access.everythingFor(me), new KnowledgeBaseId(id))
                                .orElseThrow(Faults.Gone::new)));
        return view;
    }

    private static String at(UUID id, UUID source) {
        return "redirect:/library/" + id + "/sources/" + source;
    }
}
