package io.zhiwen.pages;

import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.GroupRow;
import io.zhiwen.account.Groups;
import io.zhiwen.account.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Groups of people, for admins.
@Controller
@RequestMapping("/admin/groups")
class GroupPages {

    private final Groups groups;
    private final Words words;

    GroupPages(Groups groups, Words words) {
        this.groups = groups;
        this.words = words;
    }

    @GetMapping
    String all(
            Principal.User me,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        var asked = new PagerView.Asked("/admin/groups", Map.of(), q, page);
        var found = groups.page(me, asked.words(), asked.page(), PagerView.ROWS);
        model.addAttribute("groups", found.rows());
        model.addAttribute("pager", PagerView.of(asked, found, words, locale));
        return "admin/groups";
    }

    @PostMapping
    String create(
            Principal.User me,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        try {
            var made = groups.create(me, name);
            next.addFlashAttribute("done", words.say("groups.made", made.name()));
            return "redirect:/admin/groups/" + made.id();
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", told(refused));
            return "redirect:/admin/groups";
        }
    }

    @GetMapping("/{id}")
    String one(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String find,
            @RequestParam(defaultValue = "people") String of,
            Model model) {
        var row = groups.find(me, id).orElseThrow(Faults.Gone::new);
        boolean groupsWanted = of.equals("groups");
        var person = groupsWanted ? "" : Picks.clean(find);
        var inner = groupsWanted ? Picks.clean(find) : "";
        var others = groups.others(me, id, person, Picks.READ);
        var fitting = groups.innerCandidates(me, id, inner, Picks.READ);
        model.addAttribute("group", row);
        model.addAttribute("people", groups.people(me, id));
        model.addAttribute("inside", groups.inside(me, id));
        model.addAttribute("picks", Picks.of(person, others, List.of()));
        model.addAttribute("innerPicks", Picks.of(inner, fitting, List.of()));
        return "admin/group";
    }

    @PostMapping("/{id}/rename")
    String rename(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            RedirectAttributes next) {
        return done(id, next, () -> groups.rename(me, id, name));
    }

    @PostMapping("/{id}/delete")
    String delete(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        var name = groups.find(me, id).map(GroupRow::name).orElseThrow(Faults.Gone::new);
        groups.delete(me, id);
        next.addFlashAttribute("done", words.say("groups.deleted", name));
        return "redirect:/admin/groups";
    }

    @PostMapping("/{id}/people")
    String addPerson(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam List<UUID> user,
            RedirectAttributes next) {
        return done(id, next, () -> user.forEach(person -> groups.addPerson(me, id, person)));
    }

    @PostMapping("/{id}/people/{user}/remove")
    String removePerson(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID user,
            RedirectAttributes next) {
        return done(id, next, () -> groups.removePerson(me, id, user));
    }

    @PostMapping("/{id}/groups")
    String addGroup(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam UUID group,
            RedirectAttributes next) {
        return done(id, next, () -> groups.addGroup(me, id, group));
    }

    @PostMapping("/{id}/groups/{inner}/remove")
    String removeGroup(
            Principal.User me,
            @PathVariable UUID id,
            @PathVariable UUID inner,
            RedirectAttributes next) {
        return done(id, next, () -> groups.removeGroup(me, id, inner));
    }

    private String done(UUID id, RedirectAttributes next, Runnable change) {
        try {
            change.run();
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (AccountRefused refused) {
            if (refused.reason() == AccountRefused.Reason.NO_SUCH_GROUP) {
                throw refused;
            }
            next.addFlashAttribute("wrong", told(refused));
        }
        return "redirect:/admin/groups/" + id;
    }

    private String told(AccountRefused refused) {
        return switch (refused.reason()) {
            case NAME_INVALID -> words.say("groups.nameless");
            case NAME_TAKEN -> words.say("groups.taken");
            default -> words.say("account." + refused.code());
        };
    }
}
