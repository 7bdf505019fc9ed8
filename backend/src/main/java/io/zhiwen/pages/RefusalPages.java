package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.forbid.BaseRefusals;
import io.zhiwen.ask.forbid.Forbidden;
import io.zhiwen.ask.forbid.Hit;
import io.zhiwen.ask.forbid.UnusableRule;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What a base does not talk about: edited, and tried with a text before it is kept.
@Controller
class RefusalPages {

    private static final int LONGEST_SAMPLE = 4_000;

    private final BaseRefusals refusals;
    private final Library library;
    private final Access access;
    private final Words words;

    RefusalPages(BaseRefusals refusals, Library library, Access access, Words words) {
        this.refusals = refusals;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// A form as it was sent; rules one a line, the likeness in percent.
    record Draft(
            @Nullable String topics,
            @Nullable String phrases,
            @Nullable String patterns,
            @Nullable Integer likeness,
            @Nullable String reply,
            @Nullable String sample) {

        private static Draft of(Forbidden kept) {
            return new Draft(
                    String.join("\n", kept.topics()),
                    String.join("\n", kept.phrases()),
                    String.join("\n", kept.patterns()),
                    (int) Math.round(100 * kept.likeness()),
                    kept.reply(),
                    "");
        }

        private Forbidden forbidden() {
            return new Forbidden(
                    List.of(text(topics)),
                    List.of(text(phrases)),
                    List.of(text(patterns)),
                    likeness == null ? Forbidden.USUAL_LIKENESS : likeness / 100.0,
                    text(reply));
        }

        private String tried() {
            String text = text(sample);
            return text.substring(0, Math.min(text.length(), LONGEST_SAMPLE));
        }

        private static String text(@Nullable String field) {
            return field == null ? "" : field.strip();
        }
    }

    @GetMapping("/library/{id}/refusals")
    String show(Principal.User me, @PathVariable UUID id, Model model) {
        show(me, id, Draft.of(refusals.in(me, new KnowledgeBaseId(id))), model);
        return "library/refusals";
    }

    @PostMapping("/library/{id}/refusals")
    String save(
            Principal.User me,
            @PathVariable UUID id,
            Draft draft,
            Model model,
            RedirectAttributes next,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        refusals.in(me, base);
        try {
            refusals.save(me, base, draft.forbidden());
        } catch (UnusableRule unusable) {
            return wrong(me, id, draft, unusable, model, locale);
        }
        next.addFlashAttribute("done", words.say(locale, "refusals.saved"));
        return "redirect:/library/" + id + "/refusals";
    }

    /// Holds a text against the draft; keeps nothing.
    @PostMapping("/library/{id}/refusals/test")
    String test(Principal.User me, @PathVariable UUID id, Draft draft, Model model, Locale locale) {
        var base = new KnowledgeBaseId(id);
        refusals.in(me, base);
        try {
            var guard = refusals.trial(base, draft.forbidden());
            String sample = draft.tried();
            if (!sample.isEmpty()) {
                var hit = guard.forbids(sample);
                model.addAttribute("refused", hit.isPresent());
                model.addAttribute("verdict", verdict(hit.orElse(null), locale));
                guard.nearestTopic(sample)
                        .ifPresent(near -> model.addAttribute("nearest", nearest(near, locale)));
            }
        } catch (UnusableRule unusable) {
            return wrong(me, id, draft, unusable, model, locale);
        }
        show(me, id, draft, model);
        return "library/refusals";
    }

    private String wrong(
            Principal.User me,
            UUID id,
            Draft draft,
            UnusableRule unusable,
            Model model,
            Locale locale) {
        show(me, id, draft, model);
        model.addAttribute(
                "wrong", words.say(locale, "refusals.wrong." + unusable.code(), unusable.value()));
        return "library/refusals";
    }

    private String verdict(@Nullable Hit hit, Locale locale) {
        return hit == null
                ? words.say(locale, "refusals.test.free")
                : words.say(
                        locale,
                        "refusals.test." + hit.kind().name().toLowerCase(Locale.ROOT),
                        hit.rule());
    }

    private String nearest(Hit near, Locale locale) {
        return words.say(
                locale, "refusals.test.nearest", near.rule(), Math.round(100 * near.likeness()));
    }

    private void show(Principal.User me, UUID id, Draft draft, Model model) {
        var base =
                library.base(access.everythingFor(me), new KnowledgeBaseId(id))
                        .orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("draft", draft);
        model.addAttribute("longest", Forbidden.LONGEST_LINE);
        model.addAttribute("longestSample", LONGEST_SAMPLE);
    }
}
