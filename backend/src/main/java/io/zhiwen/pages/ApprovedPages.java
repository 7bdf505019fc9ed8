package io.zhiwen.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.curate.ApprovedAnswers;
import io.zhiwen.curate.ApprovedDraft;
import io.zhiwen.curate.ApprovedFile;
import io.zhiwen.curate.ApprovedRefused;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The approved answers of a base, for those who manage it.
@Controller
class ApprovedPages {

    private final ApprovedAnswers answers;
    private final ApprovedFile file;
    private final Library library;
    private final Access access;
    private final Words words;

    ApprovedPages(
            ApprovedAnswers answers,
            ApprovedFile file,
            Library library,
            Access access,
            Words words) {
        this.answers = answers;
        this.file = file;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// A form as it was sent. Each document has a quote beside it; those without a document are
    /// left out.
    record Sent(
            @Nullable String questions,
            @Nullable String text,
            @Nullable List<String> document,
            @Nullable List<String> quote,
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate expires) {

        ApprovedDraft draft() {
            List<String> documents = document == null ? List.of() : document;
            List<String> quotes = quote == null ? List.of() : quote;
            List<ApprovedDraft.Source> sources = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                if (!documents.get(i).isBlank()) {
                    sources.add(
                            new ApprovedDraft.Source(
                                    UUID.fromString(documents.get(i)),
                                    i < quotes.size() ? quotes.get(i) : ""));
                }
            }
            return new ApprovedDraft(
                    Objects.requireNonNullElse(questions, "").lines().toList(),
                    Objects.requireNonNullElse(text, ""),
                    sources,
                    expires);
        }
    }

    @GetMapping("/library/{id}/answers")
    String list(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var base = new KnowledgeBaseId(id);
        frame(me, base, model);
        model.addAttribute(
                "answers",
                answers.of(me, base).stream()
                        .map(one -> ApprovedView.of(one, words, locale))
                        .toList());
        return "library/answers";
    }

    /// @param question to begin with
    @GetMapping("/library/{id}/answers/new")
    String blank(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String question,
            Model model) {
        var base = new KnowledgeBaseId(id);
        frame(me, base, model);
        var draft = new ApprovedDraft(List.of(question), "", List.of(), null);
        edit(me, base, "", draft, model);
        return "library/answer";
    }

    @PostMapping("/library/{id}/answers/new")
    String add(
            Principal.User me,
            @PathVariable UUID id,
            Sent sent,
            Model model,
            RedirectAttributes next) {
        var base = new KnowledgeBaseId(id);
        try {
            answers.add(me, base, sent.draft());
            next.addFlashAttribute("done", words.say("approved.added"));
            return "redirect:/library/" + id + "/answers";
        } catch (ApprovedRefused refused) {
            frame(me, base, model);
            edit(me, base, "", sent.draft(), model);
            model.addAttribute("wrong", sentence(refused));
            return "library/answer";
        }
    }

    @GetMapping("/library/answers/{answer}")
    String one(Principal.User me, @PathVariable UUID answer, Model model, Locale locale) {
        var approved = answers.find(me, answer).orElseThrow(Faults.Gone::new);
        frame(me, approved.base(), model);
        model.addAttribute("answer", ApprovedView.of(approved, words, locale));
        edit(me, approved.base(), answer.toString(), approved.draft(), model);
        return "library/answer";
    }

    @PostMapping("/library/answers/{answer}")
    String change(
            Principal.User me,
            @PathVariable UUID answer,
            Sent sent,
            Model model,
            RedirectAttributes next) {
        var approved = answers.find(me, answer).orElseThrow(Faults.Gone::new);
        try {
            var changed = answers.change(me, answer, sent.draft()).orElseThrow(Faults.Gone::new);
            next.addFlashAttribute("done", words.say("approved.changed"));
            return "redirect:/library/" + changed.base() + "/answers";
        } catch (ApprovedRefused refused) {
            frame(me, approved.base(), model);
            edit(me, approved.base(), answer.toString(), sent.draft(), model);
            model.addAttribute("wrong", sentence(refused));
            return "library/answer";
        }
    }

    @PostMapping("/library/answers/{answer}/delete")
    String delete(Principal.User me, @PathVariable UUID answer, RedirectAttributes next) {
        var approved = answers.find(me, answer).orElseThrow(Faults.Gone::new);
        answers.delete(me, answer);
        next.addFlashAttribute("done", words.say("approved.deleted"));
        return "redirect:/library/" + approved.base() + "/answers";
    }

    @PostMapping("/library/{id}/answers/import")
    String importing(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam MultipartFile file,
            RedirectAttributes next)
            throws IOException {
        var base = new KnowledgeBaseId(id);
        answers.of(me, base);
        var name = Objects.requireNonNullElse(file.getOriginalFilename(), "answers.csv");
        try (var bytes = file.getInputStream()) {
            var done = answers.add(me, base, this.file.read(name, bytes));
            var said = words.say("approved.imported", done.added(), done.replaced());
            next.addFlashAttribute("done", said);
        } catch (ApprovedRefused refused) {
            next.addFlashAttribute("wrong", sentence(refused));
        }
        return "redirect:/library/" + id + "/answers";
    }

    @GetMapping("/library/{id}/answers/export")
    ResponseEntity<byte[]> exporting(Principal.User me, @PathVariable UUID id) {
        var rows = ApprovedFile.write(answers.export(me, new KnowledgeBaseId(id)));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"approved-answers.csv\"")
                .contentType(new MediaType("text", "csv", UTF_8))
                .body(rows.getBytes(UTF_8));
    }

    private void frame(Principal.User me, KnowledgeBaseId id, Model model) {
        var base = library.base(access.everythingFor(me), id).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
    }

    private void edit(
            Principal.User me, KnowledgeBaseId base, String id, ApprovedDraft draft, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("form", ApprovedView.Form.of(draft, answers.documents(me, base)));
    }

    private String sentence(ApprovedRefused refused) {
        var why = words.say("approved.wrong." + refused.reason().code(), refused.value());
        return refused.line() == 0 ? why : words.say("evaluate.wrong.line", refused.line(), why);
    }
}
