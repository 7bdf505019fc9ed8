package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.suggest.FirstQuestions;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What managers suggest asking a base first.
@Controller
class FirstQuestionPages {

    private final FirstQuestions questions;
    private final Library library;
    private final Access access;
    private final Words words;

    FirstQuestionPages(FirstQuestions questions, Library library, Access access, Words words) {
        this.questions = questions;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/library/{id}/questions")
    String questions(Principal.User me, @PathVariable UUID id, Model model) {
        var base = new KnowledgeBaseId(id);
        access.require(me, base, Right.MANAGE);
        var scope = access.everythingFor(me);
        var now = questions.of(scope, base).orElseThrow(Faults.Gone::new);
        model.addAttribute(
                "base",
                LibraryPages.BaseView.of(library.base(scope, base).orElseThrow(Faults.Gone::new)));
        model.addAttribute("questions", String.join("\n", now.questions()));
        model.addAttribute("edited", now.edited());
        model.addAttribute("most", FirstQuestions.MOST);
        return "library/questions";
    }

    /// @param questions one a line
    @PostMapping("/library/{id}/questions")
    String save(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String questions,
            RedirectAttributes next) {
        try {
            this.questions.save(me, new KnowledgeBaseId(id), questions.lines().toList());
            next.addFlashAttribute("done", words.say("library.questions.saved"));
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute(
                    "wrong",
                    words.say(
                            "library.questions.long", FirstQuestions.MOST, FirstQuestions.LONGEST));
        }
        return "redirect:/library/" + id + "/questions";
    }

    @PostMapping("/library/{id}/questions/reset")
    String reset(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        questions.reset(me, new KnowledgeBaseId(id));
        next.addFlashAttribute("done", words.say("library.questions.made"));
        return "redirect:/library/" + id + "/questions";
    }
}
