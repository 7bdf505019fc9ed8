package io.zhiwen.pages;

import io.zhiwen.account.Access;
import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.ApiKeyRow;
import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.KeyLimits;
import io.zhiwen.account.KeyScope;
import io.zhiwen.account.KeyWish;
import io.zhiwen.account.Principal;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

/// Keys of programs, for admins. A secret is shown on the page after its making and never again.
@Controller
@RequestMapping("/admin/keys")
class KeyPages {

    private static final int LONGEST_DAYS = 3650;

    private final ApiKeys keys;
    private final Library library;
    private final Access access;
    private final Words words;
    private final InstantSource clock;

    KeyPages(ApiKeys keys, Library library, Access access, Words words, InstantSource clock) {
        this.keys = keys;
        this.library = library;
        this.access = access;
        this.words = words;
        this.clock = clock;
    }

    /// @param state `live`, `expired` or `revoked`
    /// @param bases their names
    /// @param scopes their words
    record KeyView(
            String id,
            String name,
            String prefix,
            boolean all,
            String bases,
            List<String> scopes,
            boolean onBehalf,
            String requests,
            String tokens,
            Used used,
            String state,
            String created,
            String createdText,
            String expires,
            String expiresText,
            String lastUsed,
            String lastUsedText) {}

    /// Tokens of today beside those of a day, as people read numbers; `most` is empty where only
    /// the settings limit them.
    record Used(String today, String most) {}

    @GetMapping
    String all(Principal.User me, Model model, Locale locale) {
        var bases = NamedBases.readBy(me, library, access);
        model.addAttribute(
                "keys", keys.list(me).stream().map(row -> view(row, bases, locale)).toList());
        model.addAttribute("bases", bases.choices());
        return "admin/keys";
    }

    @PostMapping
    String create(
            Principal.User me,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "") List<UUID> base,
            @RequestParam(defaultValue = "") List<String> scope,
            @RequestParam(defaultValue = "false") boolean onBehalf,
            @RequestParam(defaultValue = "0") int days,
            @RequestParam(required = false) @Nullable Integer requests,
            @RequestParam(required = false) @Nullable Long tokens,
            RedirectAttributes next) {
        try {
            var until =
                    days <= 0
                            ? null
                            : clock.instant().plus(Duration.ofDays(Math.min(days, LONGEST_DAYS)));
            var bases = base.stream().map(KnowledgeBaseId::new).collect(Collectors.toSet());
            var scopes =
                    scope.stream()
                            .flatMap(word -> KeyScope.named(word).stream())
                            .collect(Collectors.toSet());
            var limits = limits(requests, tokens);
            var wish = new KeyWish(name, all, bases, scopes, onBehalf, limits, until);
            var made = keys.create(me, wish);
            next.addFlashAttribute("secret", made.secret());
            next.addFlashAttribute("secretName", made.row().name());
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return "redirect:/admin/keys";
    }

    @PostMapping("/{id}/limits")
    String limit(
            Principal.User me,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer requests,
            @RequestParam(required = false) @Nullable Long tokens,
            RedirectAttributes next) {
        keys.limit(me, id, limits(requests, tokens));
        next.addFlashAttribute("done", words.say("keys.limits.saved"));
        return "redirect:/admin/keys";
    }

    /// What is no limit is none of its own.
    private static KeyLimits limits(@Nullable Integer requests, @Nullable Long tokens) {
        return new KeyLimits(
                requests == null || requests < 1 ? null : requests,
                tokens == null || tokens < 1 ? null : tokens);
    }

    @PostMapping("/{id}/revoke")
    String revoke(Principal.User me, @PathVariable UUID id, RedirectAttributes next) {
        keys.revoke(me, id);
        next.addFlashAttribute("done", words.say("keys.revoked.done"));
        return "redirect:/admin/keys";
    }

    private KeyView view(ApiKeyRow row, NamedBases bases, Locale locale) {
        var formats = new Formats(locale);
        var expires = row.expiresAt();
        var used = row.lastUsedAt();
        var requests = row.limits().requestsPerMinute();
        var tokens = row.limits().tokensPerDay();
        return new KeyView(
                row.id().toString(),
                row.name(),
                row.prefix(),
                row.allBases(),
                bases.names(row.bases(), formats),
                row.scopes().stream().sorted().map(KeyScope::word).toList(),
                row.mayActForUsers(),
                requests == null ? "" : String.valueOf(requests),
                tokens == null ? "" : String.valueOf(tokens),
                new Used(
                        formats.number(row.tokensToday()),
                        tokens == null ? "" : formats.number(tokens)),
                state(row),
                row.createdAt().toString(),
                formats.day(row.createdAt()),
                iso(expires),
                expires == null ? "" : formats.day(expires),
                iso(used),
                used == null ? "" : formats.moment(used));
    }

    private String state(ApiKeyRow row) {
        if (row.revokedAt() != null) {
            return "revoked";
        }
        var expires = row.expiresAt();
        return expires != null && expires.isBefore(clock.instant()) ? "expired" : "live";
    }

    private static String iso(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }
}
