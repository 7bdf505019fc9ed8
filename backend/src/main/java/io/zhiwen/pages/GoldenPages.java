package io.zhiwen.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.evaluate.golden.EvaluationRuns;
import io.zhiwen.evaluate.golden.GoldenDraft;
import io.zhiwen.evaluate.golden.GoldenFile;
import io.zhiwen.evaluate.golden.GoldenQuestion;
import io.zhiwen.evaluate.golden.GoldenQuestions;
import io.zhiwen.evaluate.golden.GoldenRefused;
import io.zhiwen.evaluate.profile.RetrievalProfiles;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The golden questions of a base and the runs over them, for admins.
@Controller
@RequestMapping("/admin/evaluation")
class GoldenPages {

    private static final int RUNS = 30;

    private final GoldenQuestions questions;
    private final EvaluationRuns runs;
    private final RetrievalProfiles profiles;
    private final Library library;
    private final Access access;
    private final DocumentPicks picks;
    private final Words words;

    GoldenPages(
            GoldenQuestions questions,
            EvaluationRuns runs,
            RetrievalProfiles profiles,
            Library library,
            Access access,
            DocumentPicks picks,
            Words words) {
        this.questions = questions;
        this.runs = runs;
        this.profiles = profiles;
        this.library = library;
        this.access = access;
        this.picks = picks;
        this.words = words;
    }

    /// @param lost whether a document it expects is gone
    record QuestionView(
            String id,
            String text,
            boolean answerable,
            String documents,
            String evidence,
            boolean lost,
            String source) {}

    @GetMapping("/{id}")
    String base(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var key = new KnowledgeBaseId(id);
        frame(me, key, List.of(), "", model);
        model.addAttribute(
                "questions",
                questions.of(me, key).stream().map(one -> view(one, words, locale)).toList());
        var views =
                runs.of(me, key, RUNS).stream().map(run -> RunView.of(run, words, locale)).toList();
        model.addAttribute("runs", views);
        model.addAttribute("chart", ChartView.of(views));
        model.addAttribute("profiles", EvaluationPages.views(profiles.all(me), words, locale));
        return "evaluate/base";
    }

    @PostMapping("/{id}/questions")
    String add(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean unanswerable,
            @RequestParam(defaultValue = "") List<UUID> document,
            @RequestParam(defaultValue = "") String evidence,
            @RequestParam(defaultValue = "false") boolean look,
            @RequestParam(defaultValue = "") String find,
            Model model,
            RedirectAttributes next) {
        var key = new KnowledgeBaseId(id);
        if (look && !find.isBlank()) {
            frame(me, key, document, find, model);
            model.addAttribute("question", unsaved("", text, unanswerable, evidence, ""));
            return "evaluate/question";
        }
        var draft = new GoldenDraft(text, !unanswerable, document, evidence.lines().toList());
        told(
                next,
                () -> {
                    questions.add(me, key, draft, GoldenQuestion.Source.WRITTEN);
                    return words.say("evaluate.golden.added");
                });
        return "redirect:/admin/evaluation/" + id;
    }

    @PostMapping("/{id}/import")
    String importing(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam MultipartFile file,
            RedirectAttributes next)
            throws IOException {
        var text = new String(file.getBytes(), UTF_8);
        var key = new KnowledgeBaseId(id);
        told(
                next,
                () -> {
                    var lines = GoldenFile.read(text);
                    int added = questions.add(me, key, lines);
                    return words.say("evaluate.golden.imported", added, lines.size() - added);
                });
        return "redirect:/admin/evaluation/" + id;
    }

    @GetMapping("/questions/{question}")
    String one(Principal.User me, @PathVariable UUID question, Model model, Locale locale) {
        var golden = questions.find(me, question).orElseThrow(Faults.Gone::new);
        var chosen = golden.documents().stream().map(GoldenQuestion.Expected::id).toList();
        frame(me, golden.base(), chosen, "", model);
        model.addAttribute("question", view(golden, words, locale));
        return "evaluate/question";
    }

    @PostMapping("/questions/{question}")
    String change(
            Principal.User me,
            @PathVariable UUID question,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean unanswerable,
            @RequestParam(defaultValue = "") List<UUID> document,
            @RequestParam(defaultValue = "") String evidence,
            @RequestParam(defaultValue = "false") boolean look,
            @RequestParam(defaultValue = "") String find,
            Model model,
            Locale locale,
            RedirectAttributes next) {
        var golden = questions.find(me, question).orElseThrow(Faults.Gone::new);
        if (look && !find.isBlank()) {
            var source = view(golden, words, locale).source();
            frame(me, golden.base(), document, find, model);
            model.addAttribute(
                    "question", unsaved(question.toString(), text, unanswerable, evidence, source));
            return "evaluate/question";
        }
        var draft = new GoldenDraft(text, !unanswerable, document, evidence.lines().toList());
        boolean well =
                told(
                        next,
                        () -> {
                            if (questions.change(me, question, draft).isEmpty()) {
                                throw new Faults.Gone();
                            }
                            return words.say("evaluate.golden.changed");
                        });
        return well
                ? "redirect:/admin/evaluation/" + golden.base()
                : "redirect:/admin/evaluation/questions/" + question;
    }

    @PostMapping("/questions/{question}/delete")
    String delete(Principal.User me, @PathVariable UUID question, RedirectAttributes next) {
        var golden = questions.find(me, question).orElseThrow(Faults.Gone::new);
        questions.delete(me, question);
        next.addFlashAttribute("done", words.say("evaluate.golden.deleted"));
        return "redirect:/admin/evaluation/" + golden.base();
    }

    /// @param profile absent for the one of the settings
    @PostMapping("/{id}/runs")
    String run(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable UUID profile,
            RedirectAttributes next) {
        var wanted = profiles.find(me, profile).orElseThrow(Faults.Gone::new);
        try {
            return "redirect:/admin/evaluation/runs/"
                    + runs.start(me, new KnowledgeBaseId(id), wanted).id();
        } catch (GoldenRefused refused) {
            next.addFlashAttribute("wrong", sentence(refused));
            return "redirect:/admin/evaluation/" + id;
        }
    }

    private void frame(
            Principal.User me,
            KnowledgeBaseId id,
            Collection<UUID> chosen,
            String find,
            Model model) {
        var base = library.base(access.everythingFor(me), id).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("documents", picks.of(me, id, find, chosen));
    }

    private static QuestionView unsaved(
            String id, String text, boolean unanswerable, String evidence, String source) {
        return new QuestionView(id, text, !unanswerable, "", evidence, false, source);
    }

    private interface Work {
        String done();
    }

    private boolean told(RedirectAttributes next, Work work) {
        try {
            next.addFlashAttribute("done", work.done());
            return true;
        } catch (GoldenRefused refused) {
            next.addFlashAttribute("wrong", sentence(refused));
            return false;
        }
    }

    private String sentence(GoldenRefused refused) {
        var why = words.say("evaluate.wrong." + refused.reason().code(), refused.value());
        return refused.line() == 0 ? why : words.say("evaluate.wrong.line", refused.line(), why);
    }

    static QuestionView view(GoldenQuestion one, Words words, Locale locale) {
        return new QuestionView(
                one.id().toString(),
                one.text(),
                one.answerable(),
                new Formats(locale)
                        .list(one.documents().stream().map(GoldenQuestion.Expected::name).toList()),
                String.join("\n", one.evidence()),
                one.documents().stream().anyMatch(expected -> !expected.there()),
                words.say(locale, "evaluate.source." + one.source().word()));
    }
}
