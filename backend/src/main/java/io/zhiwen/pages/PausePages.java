package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Pauses;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Stops the work on files and lets it go on.
@Controller
class PausePages {

    private final Pauses pauses;
    private final Words words;

    PausePages(Pauses pauses, Words words) {
        this.pauses = pauses;
        this.words = words;
    }

    @PostMapping("/library/{id}/pause")
    String pause(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        try {
            pauses.pause(me, new KnowledgeBaseId(id), reason);
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute("wrong", words.say("pause.reason.wrong"));
        }
        return "redirect:/library/" + id;
    }

    @PostMapping("/library/{id}/resume")
    String resume(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        if (pauses.resume(me, new KnowledgeBaseId(id))) {
            next.addFlashAttribute("done", words.say("pause.over"));
        }
        return "redirect:/library/" + id;
    }

    @PostMapping("/admin/pause")
    String pauseAll(
            Principal.User me,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        try {
            pauses.pauseAll(me, reason);
        } catch (IllegalArgumentException _) {
            next.addFlashAttribute("wrong", words.say("pause.reason.wrong"));
        }
        return "redirect:/admin/status";
    }

    @PostMapping("/admin/resume")
    String resumeAll(Principal.User me, RedirectAttributes next) {
        if (pauses.resumeAll(me)) {
            next.addFlashAttribute("done", words.say("pause.over"));
        }
        return "redirect:/admin/status";
    }
}
