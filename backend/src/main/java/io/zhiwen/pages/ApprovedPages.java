package io.zhiwen.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.curate.ApprovedAnswers;
import io.zhiwen.curate.ApprovedDraft;
import io.zhiwen.curate.ApprovedFile;
import io.zhiwen.curate.ApprovedOrder;
import io.zhiwen.curate.ApprovedRefused;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
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
    private final DocumentPicks picks;
    private final Words words;

    ApprovedPages(
            ApprovedAnswers answers,
            ApprovedFile file,
            Library library,
            Access access,
            DocumentPicks picks,
            Words words) {
        this.answers = answers;
        this.file = file;
        this.library = library;
        this.access = access;
        this.picks = picks;
        this.words = words;
    }

    @GetMapping("/library/{id}/answers")
    String list(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "") String dir,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        var base = new KnowledgeBaseId(id);
        var order = ApprovedOrder.named(sort).orElse(ApprovedOrder.ADDED);
        boolean descending = dir.isEmpty() ? order.isDescending() : dir.equals("desc");
        var kept =
                order == ApprovedOrder.ADDED ? Map.<String, String>of() : sorted(order, descending);
        var asked = new PagerView.Asked("/library/" + id + "/answers", kept, q, page);
        frame(me, base, model);
        var found =
                answers.page(
                        me, base, asked.words(), order, descending, asked.page(), PagerView.ROWS);
        model.addAttribute("pager", PagerView.of(asked, found, words, locale));
        model.addAttribute(
                "answers",
                found.rows().stream().map(one -> ApprovedView.of(one, words, locale)).toList());
        Map<String, SortView> sorts = new HashMap<>();
        for (ApprovedOrder each : ApprovedOrder.values()) {
            boolean now = each == order;
            boolean next = now ? !descending : each.isDescending();
            sorts.put(
                    each.word(),
                    new SortView(
                            asked.with(sorted(each, next)),
                            now ? (descending ? "descending" : "ascending") : "none"));
        }
        model.addAttribute("sorts", sorts);
        return "library/answers";
    }

    /// @param to the list in this order, or the other way round
    /// @param now as `aria-sort` says it
    record SortView(String to, String now) {}

    private static Map<String, String> sorted(ApprovedOrder order, boolean descending) {
        Map<String, String> sorted = new LinkedHashMap<>();
        sorted.put("sort", order.word());
        sorted.put("dir", descending ? "desc" : "asc");
        return sorted;
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
        edit(me, base, "", ApprovedForm.of(draft), model);
        return "library/answer";
    }

    @PostMapping("/library/{id}/answers/new")
    String add(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            RedirectAttributes next) {
        var base = new KnowledgeBaseId(id);
        var form = ApprovedForm.of(sent);
        if (form.isLooking()) {
            frame(me, base, model);
            edit(me, base, "", form, model);
            return "library/answer";
        }
        try {
            answers.add(me, base, form.draft());
            next.addFlashAttribute("done", words.say("approved.added"));
            return "redirect:/library/" + id + "/answers";
        } catch (ApprovedRefused refused) {
            frame(me, base, model);
            edit(me, base, "", form, model);
            model.addAttribute("wrong", sentence(refused));
            return "library/answer";
        }
    }

    @GetMapping("/library/answers/{answer}")
    String one(Principal.User me, @PathVariable UUID answer, Model model, Locale locale) {
        var approved = answers.find(me, answer).orElseThrow(Faults.Gone::new);
        frame(me, approved.base(), model);
        model.addAttribute("answer", ApprovedView.of(approved, words, locale));
        edit(me, approved.base(), answer.toString(), ApprovedForm.of(approved.draft()), model);
        return "library/answer";
    }

    @PostMapping("/library/answers/{answer}")
    String change(
            Principal.User me,
            @PathVariable UUID answer,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            RedirectAttributes next) {
        var approved = answers.find(me, answer).orElseThrow(Faults.Gone::new);
        var form = ApprovedForm.of(sent);
        if (form.isLooking()) {
            frame(me, approved.base(), model);
            edit(me, approved.base(), answer.toString(), form, model);
            return "library/answer";
        }
        try {
            var changed = answers.change(me, answer, form.draft()).orElseThrow(Faults.Gone::new);
            next.addFlashAttribute("done", words.say("approved.changed"));
            return "redirect:/library/" + changed.base() + "/answers";
        } catch (ApprovedRefused refused) {
            frame(me, approved.base(), model);
            edit(me, approved.base(), answer.toString(), form, model);
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
        access.require(me, base, Right.MANAGE);
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
            Principal.User me, KnowledgeBaseId base, String id, ApprovedForm form, Model model) {
        access.require(me, base, Right.MANAGE);
        model.addAttribute("id", id);
        model.addAttribute("form", form.view((words, chosen) -> picks.of(me, base, words, chosen)));
    }

    private String sentence(ApprovedRefused refused) {
        var why = words.say("approved.wrong." + refused.reason().code(), refused.value());
        return refused.line() == 0 ? why : words.say("evaluate.wrong.line", refused.line(), why);
    }
}
