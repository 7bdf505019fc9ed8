package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.suggest.PassageQuestions;
import io.zhiwen.suggest.PassageQuestions.Limits;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Whether a model makes questions of a base's passages, and how far it is.
@Controller
class GeneratedQuestionPages {

    private static final int USUAL_A_DAY = 500_000;
    private static final int USUAL_A_DOCUMENT = 100_000;

    private final PassageQuestions questions;
    private final Library library;
    private final Access access;
    private final Words words;

    GeneratedQuestionPages(
            PassageQuestions questions, Library library, Access access, Words words) {
        this.questions = questions;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param state its code
    record View(
            boolean on,
            int perDay,
            int perDocument,
            String state,
            long done,
            long passages,
            String doneText,
            String passagesText,
            String spent) {}

    @GetMapping("/library/{id}/generated")
    String page(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var base = new KnowledgeBaseId(id);
        access.require(me, base, Right.MANAGE);
        var now = questions.of(me, base);
        var limits = now.limits();
        var formats = new Formats(locale);
        model.addAttribute(
                "base",
                LibraryPages.BaseView.of(
                        library.base(access.everythingFor(me), base)
                                .orElseThrow(Faults.Gone::new)));
        model.addAttribute(
                "generated",
                new View(
                        limits != null,
                        limits == null ? USUAL_A_DAY : limits.perDay(),
                        limits == null ? USUAL_A_DOCUMENT : limits.perDocument(),
                        now.state().name().toLowerCase(Locale.ROOT),
                        now.done(),
                        now.passages(),
                        formats.number(now.done()),
                        formats.number(now.passages()),
                        formats.number(now.spent())));
        model.addAttribute("fewest", PassageQuestions.FEWEST_TOKENS);
        model.addAttribute("most", PassageQuestions.MOST_TOKENS);
        return "library/generated";
    }

    @PostMapping("/library/{id}/generated")
    String save(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int perDay,
            @RequestParam(defaultValue = "0") int perDocument,
            RedirectAttributes next) {
        try {
            questions.save(me, new KnowledgeBaseId(id), new Limits(perDay, perDocument));
            next.addFlashAttribute("done", words.say("generated.saved"));
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute(
                    "wrong",
                    words.say(
                            "generated.wrong",
                            PassageQuestions.FEWEST_TOKENS,
                            PassageQuestions.MOST_TOKENS));
        }
        return "redirect:/library/" + id + "/generated";
    }

    @PostMapping("/library/{id}/generated/off")
    String off(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        questions.save(me, new KnowledgeBaseId(id), null);
        next.addFlashAttribute("done", words.say("generated.off"));
        return "redirect:/library/" + id + "/generated";
    }
}
