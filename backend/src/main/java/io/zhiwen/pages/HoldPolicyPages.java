package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.doubt.Doubt;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.HoldPolicies;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What a base holds new documents back for, until somebody has looked at them.
@Controller
class HoldPolicyPages {

    private final HoldPolicies policies;
    private final Library library;
    private final Access access;
    private final Words words;

    HoldPolicyPages(HoldPolicies policies, Library library, Access access, Words words) {
        this.policies = policies;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    /// @param code as `Doubt.code`
    record Choice(String code, boolean chosen) {}

    @GetMapping("/library/{id}/quarantine")
    String show(Principal.User me, @PathVariable UUID id, Model model) {
        var key = new KnowledgeBaseId(id);
        var chosen = policies.of(me, key);
        var base = library.base(access.everythingFor(me), key).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute(
                "choices",
                Doubt.CHOICES.stream()
                        .map(doubt -> new Choice(doubt.code(), chosen.contains(doubt)))
                        .toList());
        return "library/holding";
    }

    @PostMapping("/library/{id}/quarantine")
    String save(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") List<String> holds,
            RedirectAttributes next) {
        var doubts =
                holds.stream()
                        .flatMap(code -> Doubt.chosen(code).stream())
                        .collect(Collectors.toSet());
        policies.save(me, new KnowledgeBaseId(id), doubts);
        next.addFlashAttribute("done", words.say("holding.saved"));
        return "redirect:/library/" + id + "/quarantine";
    }
}
