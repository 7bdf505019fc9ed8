package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.LiveProfile;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.evaluate.inspect.Inspector;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// One question looked into, for admins: what each leg found, how it was joined, read again and
/// chosen from, and what was dropped where.
@Controller
class TestPages {

    private final Inspector inspector;
    private final LiveProfile live;
    private final Library library;
    private final Access access;
    private final Words words;

    TestPages(Inspector inspector, LiveProfile live, Library library, Access access, Words words) {
        this.inspector = inspector;
        this.live = live;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/admin/evaluation/test")
    String test(
            Principal.User me,
            @RequestParam(defaultValue = "") String question,
            @RequestParam(defaultValue = "") List<UUID> base,
            Model model,
            Locale locale) {
        var scope = access.chosenBy(me, base.stream().map(KnowledgeBaseId::new).toList());
        var bases = library.bases(access.everythingFor(me));
        model.addAttribute("question", question);
        model.addAttribute(
                "bases",
                bases.stream()
                        .map(
                                one ->
                                        new ChatPages.Choice(
                                                one.id().toString(),
                                                one.name(),
                                                base.contains(one.id().value())))
                        .toList());
        if (!question.isBlank()) {
            try {
                var seen = inspector.inspect(question, scope, live.now());
                model.addAttribute("seen", InspectionView.of(seen, words, locale));
            } catch (UnusableQuestion unusable) {
                model.addAttribute("wrong", words.say(locale, unusable.code(), unusable.limit()));
            }
        }
        return "evaluate/test";
    }
}
