package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.feedback.BaseFeedback;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// What readers think of answers from a base, for those who manage it.
@Controller
class BaseFeedbackPages {

    private static final int SHOWN = 50;

    private final BaseFeedback feedback;
    private final Library library;
    private final Access access;
    private final Words words;

    BaseFeedbackPages(BaseFeedback feedback, Library library, Access access, Words words) {
        this.feedback = feedback;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/library/{id}/feedback")
    String list(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String show,
            @RequestParam @Nullable UUID after,
            Model model,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        var good = show.isEmpty() ? null : (Boolean) show.equals("good");
        var found = feedback.of(me, base, good, after, SHOWN + 1);
        var rows =
                found.stream()
                        .limit(SHOWN)
                        .map(one -> FeedbackPages.Row.of(one, words, locale))
                        .toList();
        model.addAttribute(
                "base",
                LibraryPages.BaseView.of(
                        library.base(access.everythingFor(me), base)
                                .orElseThrow(Faults.Gone::new)));
        model.addAttribute("rows", rows);
        model.addAttribute("show", show);
        model.addAttribute("next", found.size() > SHOWN ? rows.getLast().id() : "");
        return "library/feedback";
    }
}
