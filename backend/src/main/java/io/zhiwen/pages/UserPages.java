package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.Grants;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Role;
import io.zhiwen.account.UserRow;
import io.zhiwen.account.Users;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The people of this Zhiwen, for admins.
@Controller
@RequestMapping("/admin/users")
class UserPages {

    private final Users users;
    private final Grants grants;
    private final Library library;
    private final Access access;
    private final Words words;

    UserPages(Users users, Grants grants, Library library, Access access, Words words) {
        this.users = users;
        this.grants = grants;
        this.library = library;
        this.access = access;
        this.words = words;
    }

    record UserView(
            String id,
            String name,
            boolean admin,
            boolean enabled,
            boolean you,
            int bases,
            String created,
            String createdText) {}

    @GetMapping
    String all(Principal.User me, Model model, Locale locale) {
        model.addAttribute(
                "users", users.list(me).stream().map(row -> view(me, row, locale)).toList());
        model.addAttribute("bases", choices(me, Set.of()));
        return "admin/users";
    }

    @PostMapping
    String create(
            Principal.User me,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "member") String role,
            @RequestParam(defaultValue = "") List<UUID> base,
            RedirectAttributes next) {
        try {
            var made = users.create(me, name, role(role));
            if (!base.isEmpty()) {
                grants.set(me, made.user().id(), ids(base));
            }
            next.addFlashAttribute("done", words.say("users.made", made.user().name()));
            next.addFlashAttribute("secret", made.oneTimePassword());
            next.addFlashAttribute("secretName", made.user().name());
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return "redirect:/admin/users";
    }

    @GetMapping("/{id}")
    String one(Principal.User me, @PathVariable UUID id, Model model, Locale locale) {
        var row = users.find(id).orElseThrow(Faults.Gone::new);
        model.addAttribute("user", view(me, row, locale));
        model.addAttribute("bases", choices(me, grants.readableBases(id)));
        return "admin/user";
    }

    @PostMapping("/{id}/bases")
    String bases(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") List<UUID> base,
            RedirectAttributes next) {
        return done(id, next, () -> grants.set(me, id, ids(base)));
    }

    @PostMapping("/{id}/role")
    String role(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam String role,
            RedirectAttributes next) {
        return done(id, next, () -> users.setRole(me, id, role(role)));
    }

    @PostMapping("/{id}/enabled")
    String enabled(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam boolean enabled,
            RedirectAttributes next) {
        return done(
                id,
                next,
                () -> {
                    if (enabled) {
                        users.enable(me, id);
                    } else {
                        users.disable(me, id);
                    }
                });
    }

    @PostMapping("/{id}/password")
    String password(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        var row = users.find(id).orElseThrow(Faults.Gone::new);
        next.addFlashAttribute("secret", users.resetPassword(me, id));
        next.addFlashAttribute("secretName", row.name());
        return "redirect:/admin/users/" + id;
    }

    private String done(UUID id, RedirectAttributes next, Runnable change) {
        try {
            change.run();
            next.addFlashAttribute("done", words.say("users.saved"));
        } catch (AccountRefused refused) {
            if (refused.reason().isAbsence()) {
                throw refused;
            }
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return "redirect:/admin/users/" + id;
    }

    private UserView view(Principal.User me, UserRow row, Locale locale) {
        return new UserView(
                row.id().toString(),
                row.name(),
                row.role() == Role.ADMIN,
                row.enabled(),
                row.id().equals(me.id()),
                grants.readableBases(row.id()).size(),
                row.createdAt().toString(),
                new Formats(locale).day(row.createdAt()));
    }

    private List<ChatPages.Choice> choices(Principal.User me, Set<KnowledgeBaseId> chosen) {
        return library.bases(access.everythingFor(me)).stream()
                .map(
                        base ->
                                new ChatPages.Choice(
                                        base.id().toString(),
                                        base.name(),
                                        chosen.contains(base.id())))
                .toList();
    }

    private static List<KnowledgeBaseId> ids(List<UUID> bases) {
        return bases.stream().map(KnowledgeBaseId::new).toList();
    }

    private static Role role(String word) {
        return word.equals(Role.ADMIN.word()) ? Role.ADMIN : Role.MEMBER;
    }
}
