package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Named;
import io.zhiwen.account.Principal;
import io.zhiwen.conversation.AnswerWays;
import io.zhiwen.curate.ApprovedDraft;
import io.zhiwen.curate.ApprovedRefused;
import io.zhiwen.curate.WorkItem;
import io.zhiwen.curate.WorkList;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Questions that did not get a good answer, for those who manage a base.
@Controller
@RequestMapping("/work-list")
class WorkPages {

    private final WorkList work;
    private final DocumentPicks picks;
    private final AnswerWays ways;
    private final Library library;
    private final Access access;
    private final Words words;

    WorkPages(
            WorkList work,
            DocumentPicks picks,
            AnswerWays ways,
            Library library,
            Access access,
            Words words) {
        this.ways = ways;
        this.work = work;
        this.picks = picks;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping
    String list(
            Principal.User me,
            @RequestParam @Nullable UUID base,
            @RequestParam(defaultValue = "false") boolean closed,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        var id = base == null ? null : new KnowledgeBaseId(base);
        var kept =
                Map.of(
                        "base", base == null ? "" : base.toString(),
                        "closed", closed ? "true" : "");
        var asked = new PagerView.Asked("/work-list", kept, q, page);
        var items = work.page(me, id, closed, asked.words(), asked.page(), PagerView.ROWS);
        model.addAttribute("pager", PagerView.of(asked, items, words, locale));
        model.addAttribute(
                "items",
                items.rows().stream().map(one -> WorkView.of(one, words, locale)).toList());
        model.addAttribute("closed", closed);
        model.addAttribute("chosen", base == null ? "" : base.toString());
        model.addAttribute("bases", BaseChoices.of(library, access, me, base));
        return "work/list";
    }

    @GetMapping("/{item}")
    String one(
            Principal.User me,
            @PathVariable UUID item,
            @RequestParam(defaultValue = "") String find,
            Model model,
            Locale locale) {
        var found = work.find(me, item).orElseThrow(Faults.Gone::new);
        var draft = new ApprovedDraft(found.wordings(), "", List.of(), null);
        show(me, found, ApprovedForm.of(draft), find, model, locale);
        return "work/item";
    }

    @PostMapping("/{item}/answer")
    String answer(
            Principal.User me,
            @PathVariable UUID item,
            @RequestParam MultiValueMap<String, String> sent,
            Model model,
            Locale locale,
            RedirectAttributes next) {
        var found = work.find(me, item).orElseThrow(Faults.Gone::new);
        var form = ApprovedForm.of(sent);
        if (form.isLooking()) {
            show(me, found, form, "", model, locale);
            return "work/item";
        }
        try {
            return told(work.answer(me, item, form.draft()).orElseThrow(), next);
        } catch (ApprovedRefused refused) {
            show(me, found, form, "", model, locale);
            var code = "approved.wrong." + refused.reason().code();
            model.addAttribute("wrong", words.say(locale, code, refused.value()));
            return "work/item";
        }
    }

    @PostMapping("/{item}/check")
    String check(Principal.User me, @PathVariable UUID item, RedirectAttributes next) {
        return told(work.check(me, item).orElseThrow(Faults.Gone::new), next);
    }

    @PostMapping("/{item}/assign")
    String assign(
            Principal.User me,
            @PathVariable UUID item,
            @RequestParam @Nullable UUID person,
            RedirectAttributes next) {
        there(work.assign(me, item, person));
        next.addFlashAttribute("done", words.say("work.assigned"));
        return "redirect:/work-list/" + item;
    }

    @PostMapping("/{item}/move")
    String move(
            Principal.User me,
            @PathVariable UUID item,
            @RequestParam String to,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes next) {
        var state =
                switch (to) {
                    case "wanted" -> WorkItem.State.WANTED;
                    case "dismissed" -> WorkItem.State.DISMISSED;
                    case "done" -> WorkItem.State.DONE;
                    default -> WorkItem.State.OPEN;
                };
        try {
            there(work.move(me, item, state, note));
            next.addFlashAttribute("done", words.say("work.moved." + state.code()));
        } catch (WorkList.NotProven _) {
            next.addFlashAttribute("wrong", words.say("work.works.not"));
        }
        return "redirect:/work-list/" + item;
    }

    @PostMapping("/{item}/base")
    String give(
            Principal.User me,
            @PathVariable UUID item,
            @RequestParam UUID base,
            RedirectAttributes next) {
        there(work.give(me, item, new KnowledgeBaseId(base)));
        next.addFlashAttribute("done", words.say("work.given"));
        return "redirect:/work-list/" + item;
    }

    private static void there(Optional<WorkItem> item) {
        if (item.isEmpty()) {
            throw new Faults.Gone();
        }
    }

    private String told(WorkItem item, RedirectAttributes next) {
        if (item.state() == WorkItem.State.DONE) {
            next.addFlashAttribute("done", words.say("work.works"));
        } else if (item.works()) {
            next.addFlashAttribute("done", words.say("work.works.look"));
        } else {
            next.addFlashAttribute("wrong", words.say("work.works.not"));
        }
        return "redirect:/work-list/" + item.id();
    }

    /// How answers came about that were not good, as far as they may be opened.
    record Answered(String answer, String question, String at) {}

    private List<Answered> answered(Principal.User me, WorkItem item, Locale locale) {
        var all = work.answers(item);
        var open = ways.openable(me, all.stream().map(WorkList.Answered::answer).toList());
        var formats = new Formats(locale);
        return all.stream()
                .filter(one -> open.contains(one.answer()))
                .map(
                        one ->
                                new Answered(
                                        one.answer().toString(),
                                        one.question(),
                                        formats.moment(one.at())))
                .toList();
    }

    /// @param find words of the name of somebody to see to it
    private void show(
            Principal.User me,
            WorkItem item,
            ApprovedForm form,
            String find,
            Model model,
            Locale locale) {
        model.addAttribute("item", WorkView.of(item, words, locale));
        model.addAttribute("answered", answered(me, item, locale));
        var named = Picks.clean(find);
        var assignee = item.assignedTo();
        model.addAttribute(
                "people",
                Picks.of(
                        named,
                        work.people(item, named, Picks.READ),
                        assignee == null
                                ? List.of()
                                : List.of(
                                        new Named(
                                                assignee,
                                                Objects.requireNonNullElse(item.assignee(), "")))));
        var base = item.base();
        model.addAttribute(
                "bases", BaseChoices.of(library, access, me, base == null ? null : base.value()));
        if (base != null) {
            model.addAttribute(
                    "form", form.view((words, chosen) -> picks.of(me, base, words, chosen)));
        }
    }
}
