package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.source.Kinds;
import io.zhiwen.source.Mode;
import io.zhiwen.source.SourceId;
import io.zhiwen.source.SourceRefused;
import io.zhiwen.source.SourceRuns;
import io.zhiwen.source.Sources;
import io.zhiwen.source.What;
import java.util.Locale;
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

/// One source with its runs, and the report of each. The page of a source whose run is in work
/// keeps
/// itself current.
@Controller
@RequestMapping("/library/{id}/sources/{source}")
class SourceRunPages {

    private static final int RUNS = 20;
    private static final int LINES = 100;

    private final Sources sources;
    private final SourceRuns runs;
    private final Kinds kinds;
    private final Library library;
    private final Access access;
    private final Words words;

    SourceRunPages(
            Sources sources,
            SourceRuns runs,
            Kinds kinds,
            Library library,
            Access access,
            Words words) {
        this.sources = sources;
        this.runs = runs;
        this.kinds = kinds;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping
    String one(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            Model model,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        var key = new SourceId(source);
        var view = new SourcesView(words, locale);
        var row = sources.one(me, base, key);
        model.addAttribute("one", view.one(row, kinds.named(row.kind()).orElse(null)));
        model.addAttribute("runs", runs.of(me, base, key, RUNS).stream().map(view::run).toList());
        return page(me, base, model, "library/source");
    }

    @GetMapping("/runs/{run}")
    String report(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @PathVariable UUID run,
            @RequestParam @Nullable String what,
            @RequestParam(defaultValue = "0") int from,
            Model model,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        var key = new SourceId(source);
        var view = new SourcesView(words, locale);
        var row = sources.one(me, base, key);
        var found = runs.one(me, base, key, run).orElseThrow(Faults.Gone::new);
        What only = what == null ? null : What.named(what).orElse(null);
        int first = Math.max(0, from);
        var lines = runs.report(me, base, key, run, only, first, LINES + 1);
        model.addAttribute("one", view.one(row, null));
        model.addAttribute("run", view.run(found));
        model.addAttribute("what", only == null ? "" : only.word());
        model.addAttribute("lines", lines.stream().limit(LINES).map(view::line).toList());
        model.addAttribute("before", first == 0 ? null : Math.max(0, first - LINES));
        model.addAttribute("after", lines.size() > LINES ? first + LINES : null);
        return page(me, base, model, "library/source-run");
    }

    /// @param mode `sync`, `try` or `accept`
    @PostMapping("/run")
    String run(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID source,
            @RequestParam(defaultValue = "sync") String mode,
            RedirectAttributes next) {
        try {
            UUID _ =
                    runs.ask(
                            me,
                            new KnowledgeBaseId(id),
                            new SourceId(source),
                            Mode.named(mode).orElseThrow(Faults.Gone::new));
        } catch (SourceRefused refused) {
            next.addFlashAttribute(
                    "wrong", words.say("sources.refused." + refused.reason().code()));
        }
        return at(id, source);
    }

    @PostMapping("/stop")
    String stop(Principal.User me, @PathVariable UUID id, @PathVariable UUID source) {
        boolean _ = runs.stop(me, new KnowledgeBaseId(id), new SourceId(source));
        return at(id, source);
    }

    @PostMapping("/pause")
    String pause(Principal.User me, @PathVariable UUID id, @PathVariable UUID source) {
        sources.pause(me, new KnowledgeBaseId(id), new SourceId(source), true);
        return at(id, source);
    }

    @PostMapping("/resume")
    String resume(Principal.User me, @PathVariable UUID id, @PathVariable UUID source) {
        sources.pause(me, new KnowledgeBaseId(id), new SourceId(source), false);
        return at(id, source);
    }

    private String page(Principal.User me, KnowledgeBaseId base, Model model, String view) {
        model.addAttribute(
                "base",
                LibraryPages.BaseView.of(
                        library.base(access.everythingFor(me), base)
                                .orElseThrow(Faults.Gone::new)));
        return view;
    }

    private static String at(UUID id, UUID source) {
        return "redirect:/library/" + id + "/sources/" + source;
    }
}
