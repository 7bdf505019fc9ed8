package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.Feedback;
import io.zhiwen.conversation.feedback.Feedbacks;
import io.zhiwen.conversation.feedback.TrainingData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What readers think of answers, for admins.
@Controller
class FeedbackPages {

    private static final int SHOWN = 50;

    private final Feedbacks feedbacks;
    private final Words words;

    FeedbackPages(Feedbacks feedbacks, Words words) {
        this.feedbacks = feedbacks;
        this.words = words;
    }

    /// @param reason in words; may be empty
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
            List<String> sources,
            String reader,
            String at,
            String atText) {}

    @GetMapping("/admin/feedback")
    String list(
            Principal.User me,
            @RequestParam(defaultValue = "") String show,
            @RequestParam @Nullable UUID after,
            Model model,
            Locale locale) {
        var good = show.isEmpty() ? null : (Boolean) show.equals("good");
        var found = feedbacks.list(me, good, after, SHOWN + 1);
        var rows = found.stream().limit(SHOWN).map(row -> row(row, locale)).toList();
        model.addAttribute("rows", rows);
        model.addAttribute("show", show);
        model.addAttribute("next", found.size() > SHOWN ? rows.getLast().id() : "");
        return "admin/feedback";
    }

    /// All rated answers as lines to fine-tune a model with.
    @GetMapping("/admin/feedback/training")
    ResponseEntity<byte[]> training(Principal.User me, @RequestParam String form) {
        var lines =
                feedbacks.training(me, TrainingData.Form.of(form).orElseThrow(Faults.Gone::new));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"training-" + form + ".jsonl\"")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(lines.getBytes(StandardCharsets.UTF_8));
    }

    private Row row(Feedback feedback, Locale locale) {
        var verdict = feedback.verdict();
        var reason = verdict.reason();
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
                feedback.sources().stream().map(source -> source.name()).distinct().toList(),
                feedback.reader().replaceFirst("^user:", ""),
                feedback.at().toString(),
                new Formats(locale).moment(feedback.at()));
    }
}
