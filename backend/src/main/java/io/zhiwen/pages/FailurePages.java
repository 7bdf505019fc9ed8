package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Failures;
import io.zhiwen.library.RetryRun;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What failed in a base, by reason, with another try for all of a reason.
@Controller
class FailurePages {

    private final Failures failures;
    private final Words words;

    FailurePages(Failures failures, Words words) {
        this.failures = failures;
        this.words = words;
    }

    /// The list as HTML, while retried documents are in work.
    @GetMapping("/app/bases/{id}/failures")
    String list(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        model.addAttribute(
                "failures", FailuresView.of(failures, me, new KnowledgeBaseId(id), words, locale));
        return "library/failures :: failures";
    }

    @PostMapping("/library/{id}/failures/retry")
    String retry(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam String reason,
            RedirectAttributes next) {
        int documents =
                failures.retry(me, new KnowledgeBaseId(id), reason)
                        .map(RetryRun::documents)
                        .orElse(0);
        next.addFlashAttribute("done", words.say("failures.retried", documents));
        return "redirect:/library/" + id;
    }
}
