package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.BaseRole;
import io.zhiwen.account.Grants;
import io.zhiwen.account.Groups;
import io.zhiwen.account.OpenSessions;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Reasons;
import io.zhiwen.account.Role;
import io.zhiwen.account.UserRow;
import io.zhiwen.account.Users;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.KnowledgeBase;
import io.zhiwen.library.Library;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/// The people of this Zhiwen, for admins.
@Controller
@RequestMapping("/admin/users")
class UserPages {

    private final Users users;
    private final Groups groups;
    private final Grants grants;
    private final Reasons reasons;
    private final Library library;
    private final Access access;
    private final OpenSessions sessions;
    private final Words words;

    UserPages(
            Users users,
            Groups groups,
            Grants grants,
            Reasons reasons,
            Library library,
            Access access,
            OpenSessions sessions,
            Words words) {
        this.users = users;
        this.sessions = sessions;
        this.groups = groups;
        this.reasons = reasons;
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

    /// @param role the word of the one given by name; empty for none
    record RoleChoice(String id, String name, String role) {

        static RoleChoice of(KnowledgeBase base, @Nullable BaseRole role) {
            return new RoleChoice(
                    base.id().toString(), base.name(), role == null ? "" : role.word());
        }
    }

    @GetMapping
    String all(
            Principal.User me,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "1") int page,
            Model model,
            Locale locale) {
        var asked = new PagerView.Asked("/admin/users", Map.of(), q, page);
        var found = users.page(me, asked.words(), asked.page(), PagerView.ROWS);
        model.addAttribute("pager", PagerView.of(asked, found, words, locale));
        var bases = reasons.basesOfEach(me);
        model.addAttribute(
                "users",
                found.rows().stream()
                        .map(row -> view(me, row, bases.getOrDefault(row.id(), 0), locale))
                        .toList());
        model.addAttribute("bases", bases(me));
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
                grants.set(me, made.user().id(), readerOf(base));
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
    String one(
            Principal.User me,
            @PathVariable UUID id,
            HttpServletRequest request,
            Model model,
            Locale locale) {
        var row = users.find(id).orElseThrow(Faults.Gone::new);
        var everywhere = reasons.everywhere(me, id);
        model.addAttribute("user", view(me, row, everywhere.size(), locale));
        var own = grants.rolesOf(id);
        model.addAttribute(
                "bases",
                library.bases(access.everythingFor(me)).stream()
                        .map(base -> RoleChoice.of(base, own.get(base.id())))
                        .toList());
        model.addAttribute("groups", groups.ofPerson(me, id));
        model.addAttribute(
                "explained",
                everywhere.stream()
                        .map(in -> PeoplePages.explained(in.name(), in.why(), words, locale))
                        .toList());
        model.addAttribute("sessions", SessionView.of(sessions.of(me, id), request, locale));
        return "admin/user";
    }

    /// @param all one parameter a base, its id with the role as value
    @PostMapping("/{id}/bases")
    String bases(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam Map<String, String> all,
            RedirectAttributes next) {
        Map<KnowledgeBaseId, BaseRole> roles = new LinkedHashMap<>();
        for (var base : library.bases(access.everythingFor(me))) {
            BaseRole.named(all.getOrDefault(base.id().toString(), ""))
                    .ifPresent(role -> roles.put(base.id(), role));
        }
        return done(id, next, () -> grants.set(me, id, roles));
    }

    @PostMapping("/{id}/sessions/end")
    String end(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String session,
            RedirectAttributes next) {
        if (sessions.end(me, id, session)) {
            next.addFlashAttribute("done", words.say("sessions.ended"));
        }
        return "redirect:/admin/users/" + id;
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

    private UserView view(Principal.User me, UserRow row, int bases, Locale locale) {
        return new UserView(
                row.id().toString(),
                row.name(),
                row.role() == Role.ADMIN,
                row.enabled(),
                row.id().equals(me.id()),
                bases,
                row.createdAt().toString(),
                new Formats(locale).day(row.createdAt()));
    }

    private List<ChatPages.Choice> bases(Principal.User me) {
        return library.bases(access.everythingFor(me)).stream()
                .map(base -> new ChatPages.Choice(base.id().toString(), base.name(), false))
                .toList();
    }

    private static Map<KnowledgeBaseId, BaseRole> readerOf(List<UUID> bases) {
        return bases.stream()
                .distinct()
                .collect(Collectors.toMap(KnowledgeBaseId::new, _ -> BaseRole.READER));
    }

    private static Role role(String word) {
        return word.equals(Role.ADMIN.word()) ? Role.ADMIN : Role.MEMBER;
    }
}
