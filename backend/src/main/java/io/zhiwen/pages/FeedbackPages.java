package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.Feedbacks;
import io.zhiwen.conversation.feedback.RatedAnswers;
import io.zhiwen.curate.ApprovedRefused;
import io.zhiwen.curate.FeedbackApproval;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What readers think of answers, for admins.
@Controller
class FeedbackPages {

    private static final int SHOWN = 50;

    private final Feedbacks feedbacks;
    private final RatedAnswers rated;
    private final FeedbackApproval approval;
    private final Words words;

    FeedbackPages(Feedbacks feedbacks, RatedAnswers rated, FeedbackApproval approval, Words words) {
        this.feedbacks = feedbacks;
        this.rated = rated;
        this.approval = approval;
        this.words = words;
    }

    /// @param reason in words; may be empty
    /// @param revision what an admin wrote in its place; may be empty
    record Row(
            String id,
            String answerId,
            boolean good,
            String reason,
            String question,
            String answer,
            boolean refused,
            String comment,
            String correction,
            String revision,
            String revisedBy,
            List<String> sources,
            String reader,
            String at,
            String atText) {

        static Row of(Feedback feedback, Words words, Locale locale) {
            var verdict = feedback.verdict();
            var reason = verdict.reason();
            var revision = feedback.revision();
            return new Row(
                    feedback.id().toString(),
                    feedback.answer().toString(),
                    verdict.good(),
                    reason == null ? "" : words.say(locale, "feedback.reason." + reason.code()),
                    feedback.question(),
                    feedback.text(),
                    feedback.refused(),
                    verdict.comment(),
                    verdict.correction(),
                    revision == null ? "" : revision.text(),
                    revision == null ? "" : revision.by().replaceFirst("^(user|key):", ""),
                    feedback.sources().stream().map(source -> source.name()).distinct().toList(),
                    feedback.reader().replaceFirst("^user:", ""),
                    feedback.at().toString(),
                    new Formats(locale).moment(feedback.at()));
        }
    }

    @GetMapping("/admin/feedback")
    String list(
            Principal.User me,
            @RequestParam(defaultValue = "") String show,
            @RequestParam @Nullable UUID after,
            Model model,
            Locale locale) {
        var good = show.isEmpty() ? null : (Boolean) show.equals("good");
        var found = feedbacks.list(me, good, after, SHOWN + 1);
        var rows = found.stream().limit(SHOWN).map(row -> Row.of(row, words, locale)).toList();
        model.addAttribute("rows", rows);
        model.addAttribute("show", show);
        model.addAttribute("next", found.size() > SHOWN ? rows.getLast().id() : "");
        return "admin/feedback";
    }

    @PostMapping("/admin/feedback/{id}/correction")
    String correct(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String text,
            RedirectAttributes next) {
        var now = rated.correct(me, id, text).orElseThrow(Faults.Gone::new);
        next.addFlashAttribute(
                "done",
                words.say(now.revision() == null ? "feedback.uncorrected" : "feedback.corrected"));
        return back(id);
    }

    @PostMapping("/admin/feedback/{id}/approve")
    String approve(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        try {
            var made = approval.approve(me, id).orElseThrow(Faults.Gone::new);
            next.addFlashAttribute("done", words.say("approved.added"));
            return "redirect:/library/answers/" + made.id();
        } catch (ApprovedRefused refused) {
            var code = "approved.wrong." + refused.reason().code();
            next.addFlashAttribute("wrong", words.say(code, refused.value()));
            return back(id);
        }
    }

    private static String back(UUID id) {
        return "redirect:/admin/feedback/" + id;
    }

    /// One of them, to be corrected.
    @GetMapping("/admin/feedback/{id}")
    String one(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var found = rated.find(me, id).orElseThrow(Faults.Gone::new);
        model.addAttribute("row", Row.of(found, words, locale));
        model.addAttribute("best", found.best());
        model.addAttribute("longest", RatedAnswers.LONGEST);
        return "admin/rated";
    }
}
