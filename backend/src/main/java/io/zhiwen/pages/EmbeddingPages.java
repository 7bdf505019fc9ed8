package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.embed.EmbeddingUnavailable;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.library.VectorSpaces;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Whose vectors a base is searched with, and how far a change of them is. Works without scripts.
@Controller
class EmbeddingPages {

    private final VectorSpaces spaces;
    private final Library library;
    private final Access access;
    private final Words words;

    EmbeddingPages(VectorSpaces spaces, Library library, Access access, Words words) {
        this.spaces = spaces;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/library/{id}/embedding")
    String show(Principal.User me, @PathVariable UUID id, Model model) {
        var key = new KnowledgeBaseId(id);
        model.addAttribute("view", spaces.of(me, key));
        var base = library.base(access.everythingFor(me), key).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        return "library/embedding";
    }

    /// How far it is, as HTML.
    @GetMapping("/app/bases/{id}/embedding")
    String progress(Principal.User me, @PathVariable UUID id, Model model) {
        show(me, id, model);
        return "library/embedding :: now";
    }

    @PostMapping("/library/{id}/embedding")
    String choose(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String model,
            RedirectAttributes next) {
        var key = new KnowledgeBaseId(id);
        if (spaces.of(me, key).models().contains(model)) {
            try {
                var change = spaces.choose(me, key, model).change();
                next.addFlashAttribute(
                        "done", words.say(change == null ? "embedding.kept" : "embedding.started"));
            } catch (EmbeddingUnavailable e) {
                next.addFlashAttribute(
                        "wrong", words.say("embedding.unavailable", "" + e.getMessage()));
            }
        }
        return "redirect:/library/" + id + "/embedding";
    }

    @PostMapping("/library/{id}/embedding/abandon")
    String abandon(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        spaces.abandon(me, new KnowledgeBaseId(id));
        next.addFlashAttribute("done", words.say("embedding.kept"));
        return "redirect:/library/" + id + "/embedding";
    }
}
