package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.clean.SensitiveData;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import io.zhiwen.library.SensitiveDataPolicies;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What a base does with personal numbers and secrets in its documents.
@Controller
class SensitiveDataPages {

    private final SensitiveDataPolicies policies;
    private final Library library;
    private final Access access;
    private final Words words;

    SensitiveDataPages(
            SensitiveDataPolicies policies, Library library, Access access, Words words) {
        this.policies = policies;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    @GetMapping("/library/{id}/sensitive-data")
    String show(Principal.User me, @PathVariable UUID id, Model model) {
        var policy = policies.of(me, new KnowledgeBaseId(id));
        var base =
                library.base(access.everythingFor(me), new KnowledgeBaseId(id))
                        .orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("policy", policy.name().toLowerCase(Locale.ROOT));
        return "library/sensitive";
    }

    @PostMapping("/library/{id}/sensitive-data")
    String save(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "flag") String policy,
            RedirectAttributes next) {
        var chosen =
                switch (policy) {
                    case "mask" -> SensitiveData.MASK;
                    case "refuse" -> SensitiveData.REFUSE;
                    default -> SensitiveData.FLAG;
                };
        policies.save(me, new KnowledgeBaseId(id), chosen);
        next.addFlashAttribute("done", words.say("library.sensitive.saved"));
        return "redirect:/library/" + id + "/sensitive-data";
    }
}
