package io.zhiwen.pages;

import io.zhiwen.library.Pauses;
import io.zhiwen.operate.Operation;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// How the installation is, on one page for admins. It is whole without scripts; with them its
/// parts are fetched anew while it is looked at.
@Controller
class StatusPages {

    private final Operation operation;
    private final Pauses pauses;
    private final Words words;

    StatusPages(Operation operation, Pauses pauses, Words words) {
        this.operation = operation;
        this.pauses = pauses;
        this.words = words;
    }

    @GetMapping("/admin/status")
    String page(Model model, Locale locale) {
        model.addAttribute("now", StatusView.of(operation.overview(), words, locale));
        model.addAttribute(
                "pause",
                pauses.whole().map(pause -> PauseView.of(pause, words, locale)).orElse(null));
        return "admin/status";
    }

    @GetMapping("/app/admin/status")
    String parts(Model model, Locale locale) {
        model.addAttribute("now", StatusView.of(operation.overview(), words, locale));
        return "admin/status :: parts";
    }

    /// Asks the chat model something tiny.
    @PostMapping("/admin/status/model")
    String tryModel(RedirectAttributes next, Locale locale) {
        operation.tryModel().ifPresent(trial -> Trials.tell(trial, words, next, locale));
        return "redirect:/admin/status#model";
    }
}
