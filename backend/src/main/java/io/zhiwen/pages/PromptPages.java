package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.Answer;
import io.zhiwen.ask.AnswerEvent;
import io.zhiwen.ask.Answering;
import io.zhiwen.ask.prompt.BaseInstructions;
import io.zhiwen.ask.prompt.Instructions;
import io.zhiwen.ask.prompt.Prompts;
import io.zhiwen.ask.question.Tongue;
import io.zhiwen.ask.question.UnusableQuestion;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What the model is told for one base: edited, previewed, tried with a question before it is kept.
@Controller
class PromptPages {

    private static final Duration LONGEST_TEST = Duration.ofMinutes(2);

    private final BaseInstructions stored;
    private final Prompts prompts;
    private final Answering answering;
    private final Library library;
    private final Access access;
    private final Turns turns;
    private final Words words;

    PromptPages(
            BaseInstructions stored,
            Prompts prompts,
            Answering answering,
            Library library,
            Access access,
            Turns turns,
            Words words) {
        this.stored = stored;
        this.prompts = prompts;
        this.answering = answering;
        this.library = library;
        this.access = access;
        this.turns = turns;
        this.words = words;
    }

    /// A form as it was sent.
    record Draft(String role, String task, String requirements, String notes, String question) {

        Draft {
            role = role == null ? "" : role;
            task = task == null ? "" : task;
            requirements = requirements == null ? "" : requirements;
            notes = notes == null ? "" : notes;
            question = question == null ? "" : question.strip();
        }

        boolean isTooLong() {
            return Stream.of(role, task, requirements, notes)
                    .anyMatch(part -> part.length() > Instructions.LONGEST);
        }

        Instructions instructions() {
            return new Instructions(role, task, requirements, notes);
        }
    }

    @GetMapping("/library/{id}/prompt")
    String prompt(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var now = stored.of(me, new KnowledgeBaseId(id));
        show(me, id, now, "", model, locale);
        return "library/prompt";
    }

    @PostMapping("/library/{id}/prompt")
    String save(Principal.User me, @PathVariable UUID id, Draft draft, RedirectAttributes next) {
        if (draft.isTooLong()) {
            next.addFlashAttribute("wrong", words.say("library.prompt.long", Instructions.LONGEST));
        } else {
            stored.save(me, new KnowledgeBaseId(id), draft.instructions());
            next.addFlashAttribute("done", words.say("library.prompt.saved"));
        }
        return "redirect:/library/" + id + "/prompt";
    }

    /// Shows the draft as the model would get it, and answers a question with it; keeps nothing.
    @PostMapping("/library/{id}/prompt/test")
    String test(Principal.User me, @PathVariable UUID id, Draft draft, Model model, Locale locale) {
        var base = new KnowledgeBaseId(id);
        var now = stored.of(me, base);
        if (draft.isTooLong()) {
            show(me, id, now, draft.question(), model, locale);
            model.addAttribute(
                    "wrong", words.say(locale, "library.prompt.long", Instructions.LONGEST));
            return "library/prompt";
        }
        var instructions = draft.instructions();
        show(me, id, instructions, draft.question(), model, locale);
        if (!draft.question().isEmpty()) {
            try {
                answer(me, base, instructions, draft.question(), model, locale);
            } catch (UnusableQuestion unusable) {
                model.addAttribute("wrong", words.say(locale, unusable.code(), unusable.limit()));
            }
        }
        return "library/prompt";
    }

    private void answer(
            Principal.User me,
            KnowledgeBaseId base,
            Instructions draft,
            String question,
            Model model,
            Locale locale) {
        var scope = access.chosenBy(me, List.of(base));
        var last = new AtomicReference<AnswerEvent>();
        long end = System.nanoTime() + LONGEST_TEST.toNanos();
        answering.answer(
                new Answering.Ask(question, List.of(), scope, draft).paidBy(me.id().toString()),
                last::set,
                () -> System.nanoTime() - end > 0);
        switch (last.get()) {
            case AnswerEvent.Finished(Answer answer) -> show(me, answer, model, locale);
            case AnswerEvent.Stopped(Answer answer) -> show(me, answer, model, locale);
            default -> model.addAttribute("wrong", words.say(locale, "chat.failed"));
        }
    }

    private void show(Principal.User me, Answer answer, Model model, Locale locale) {
        model.addAttribute("blocks", turns.blocks(answer.text(), answer.citations()));
        model.addAttribute("sources", turns.sources(me, answer.citations(), locale));
        model.addAttribute(
                "note", turns.note(answer.note(), answer.engine(), answer.refused(), locale));
    }

    private void show(
            Principal.User me,
            UUID id,
            Instructions draft,
            String question,
            Model model,
            Locale locale) {
        var base =
                library.base(access.everythingFor(me), new KnowledgeBaseId(id))
                        .orElseThrow(Faults.Gone::new);
        var language = locale.getLanguage().equals("zh") ? Language.ZH : Language.EN;
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("draft", draft);
        model.addAttribute("longest", Instructions.LONGEST);
        model.addAttribute("question", question);
        model.addAttribute("preview", prompts.rules(Tongue.of("", language), draft));
    }
}
