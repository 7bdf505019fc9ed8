package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.GrantRow;
import io.zhiwen.account.Grantee;
import io.zhiwen.account.Grants;
import io.zhiwen.account.KeyReason;
import io.zhiwen.account.KeyReasons;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Reasons;
import io.zhiwen.account.Right;
import io.zhiwen.account.Why;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Who may do what in a base, and why; for those who manage it.
@Controller
@RequestMapping("/library/{id}/people")
class PeoplePages {

    private final Library library;
    private final Access access;
    private final Grants grants;
    private final Reasons reasons;
    private final KeyReasons keys;
    private final Words words;

    PeoplePages(
            Library library,
            Access access,
            Grants grants,
            Reasons reasons,
            KeyReasons keys,
            Words words) {
        this.library = library;
        this.access = access;
        this.grants = grants;
        this.reasons = reasons;
        this.keys = keys;
        this.words = words;
    }

    /// @param kind `everyone`, `group` or `user`
    record GrantView(String to, String kind, String name, String role) {

        static GrantView of(GrantRow row) {
            var kind =
                    switch (row.to()) {
                        case Grantee.Everyone _ -> "everyone";
                        case Grantee.Group _ -> "group";
                        case Grantee.Person _ -> "user";
                    };
            return new GrantView(row.to().label(), kind, row.name(), row.role().word());
        }
    }

    /// A key that reaches the base, with each reason in words.
    record KeyView(String name, boolean widget, List<String> reasons) {}

    /// What somebody may do here, and each reason in words.
    record Explained(String name, String role, List<String> reasons) {}

    @GetMapping
    String page(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam @Nullable UUID who,
            @RequestParam(defaultValue = "") String find,
            Model model,
            Locale locale) {
        var key = new KnowledgeBaseId(id);
        var named = Picks.clean(find);
        var candidates = grants.candidates(me, key, named, Picks.READ);
        var asked = who == null ? null : grants.candidate(me, key, who).orElse(null);
        var base = library.base(access.everythingFor(me), key).orElseThrow(Faults.Gone::new);
        model.addAttribute("base", LibraryPages.BaseView.of(base));
        model.addAttribute("grants", grants.of(me, key).stream().map(GrantView::of).toList());
        model.addAttribute(
                "picks",
                Picks.of(named, candidates.people(), asked == null ? List.of() : List.of(asked))
                        .orMore(candidates.groups().size() == Picks.READ));
        model.addAttribute("groups", candidates.groups());
        model.addAttribute(
                "keys", keys.of(me, key).stream().map(one -> view(one, locale)).toList());
        if (asked != null) {
            var why = reasons.of(me, asked.id(), key);
            model.addAttribute("explained", explained(asked.name(), why, words, locale));
        }
        return "library/people";
    }

    @PostMapping
    String give(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String role,
            RedirectAttributes next) {
        var key = new KnowledgeBaseId(id);
        access.require(me, key, Right.MANAGE);
        var whom = Grantee.named(to);
        var as = BaseRole.named(role);
        if (whom.isEmpty() || as.isEmpty()) {
            next.addFlashAttribute("wrong", words.say("people.choose"));
            return "redirect:/library/" + id + "/people";
        }
        try {
            grants.give(me, key, whom.get(), as.get());
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return back(me, key);
    }

    @PostMapping("/remove")
    String remove(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String from,
            RedirectAttributes next) {
        var key = new KnowledgeBaseId(id);
        access.require(me, key, Right.MANAGE);
        boolean had = Grantee.named(from).map(whom -> grants.revoke(me, key, whom)).orElse(false);
        next.addFlashAttribute(
                had ? "done" : "wrong", words.say(had ? "people.removed" : "people.gone"));
        return back(me, key);
    }

    /// Whoever gave the base away has no page of its people any more.
    private String back(Principal.User me, KnowledgeBaseId base) {
        var rights = access.rights(me, base);
        if (rights.contains(Right.MANAGE)) {
            return "redirect:/library/" + base + "/people";
        }
        return rights.isEmpty() ? "redirect:/library" : "redirect:/library/" + base;
    }

    private KeyView view(KeyReason one, Locale locale) {
        List<String> said = new ArrayList<>();
        said.add(words.say(locale, one.allBases() ? "why.key.all" : "why.key.base"));
        said.add(
                words.say(
                        locale,
                        "why.key.scopes",
                        one.scopes().stream()
                                .sorted()
                                .map(scope -> words.say(locale, "keys.scope." + scope.word()))
                                .collect(Collectors.joining(words.say(locale, "held.and")))));
        if (one.mayActForUsers()) {
            said.add(words.say(locale, "why.key.acts"));
        }
        var reader = one.widget();
        if (reader != null) {
            var name = reader.name();
            said.add(
                    name == null
                            ? words.say(locale, "why.widget.everyone")
                            : words.say(locale, "why.widget.reader", name));
            if (reader.why().isEmpty()) {
                said.add(words.say(locale, "why.widget.nothing"));
            }
            reader.why().forEach(why -> said.add(say(why, words, locale)));
        }
        return new KeyView(one.name(), reader != null, said);
    }

    static Explained explained(String name, List<Why> why, Words words, Locale locale) {
        return new Explained(
                name,
                why.isEmpty() ? "none" : why.getFirst().role().word(),
                why.stream().map(reason -> say(reason, words, locale)).toList());
    }

    private static String say(Why why, Words words, Locale locale) {
        var role = words.say(locale, "role." + why.role().word());
        return switch (why.way()) {
            case ADMIN -> words.say(locale, "why.admin");
            case PERSON -> words.say(locale, "why.person", role);
            case EVERYONE -> words.say(locale, "why.everyone", role);
            case GROUP -> words.say(locale, "why.group", role, why.group());
            case INNER_GROUP -> words.say(locale, "why.inner", role, why.group(), why.inner());
        };
    }
}
