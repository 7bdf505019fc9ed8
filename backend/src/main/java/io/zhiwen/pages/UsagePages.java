package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.account.Users;
import io.zhiwen.ask.TokenLimits;
import io.zhiwen.ask.TokenUsage;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What chat models read and wrote, of everybody, of one asker or of one base, and what may be used
/// a day, for admins.
@Controller
class UsagePages {

    private static final List<Integer> PERIODS = List.of(7, 30, 90);
    private static final int USUAL = 30;

    private final TokenUsage usage;
    private final TokenLimits limits;
    private final Users users;
    private final Words words;
    private final InstantSource clock;

    UsagePages(
            TokenUsage usage, TokenLimits limits, Users users, Words words, InstantSource clock) {
        this.users = users;
        this.clock = clock;
        this.usage = usage;
        this.limits = limits;
        this.words = words;
    }

    /// A person or base as the form names it.
    ///
    /// @param of `user` or `base`
    /// @param perDay empty for no limit of its own
    record LimitView(String of, String id, String name, String perDay) {}

    @GetMapping("/admin/usage")
    String page(
            Principal.User me,
            @RequestParam(defaultValue = "30") int days,
            @RequestParam @Nullable UUID asker,
            @RequestParam @Nullable UUID base,
            @RequestParam(defaultValue = "") String find,
            Model model,
            Locale locale) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        int period = PERIODS.contains(days) ? days : USUAL;
        var rows =
                usage.of(me, period).stream()
                        .filter(row -> asker == null || row.asker().equals(asker))
                        .filter(row -> base == null || row.base().equals(base))
                        .toList();
        var formats = new Formats(locale);
        model.addAttribute("usage", UsageView.of(rows, today, period, words, locale));
        model.addAttribute("days", period);
        model.addAttribute("periods", PERIODS);
        model.addAttribute("asker", asker == null ? "" : asker.toString());
        model.addAttribute("base", base == null ? "" : base.toString());
        model.addAttribute("limit", usage.limit());
        model.addAttribute("limitText", formats.number(usage.limit()));
        var all = limits.all(me);
        var named = Picks.clean(find);
        var people = users.choices(me, named, null, Picks.READ);
        model.addAttribute("people", Picks.of(named, people, List.of()));
        model.addAttribute("bases", views(all, TokenLimits.Of.BASE, formats));
        model.addAttribute(
                "limits",
                views(all.stream().filter(one -> one.perDay() != null).toList(), null, formats));
        return "admin/usage";
    }

    /// @param of `user:` or `base:` and an id
    /// @param tokens a day; empty for no limit of its own
    @PostMapping("/admin/usage/limits")
    String limit(
            Principal.User me,
            @RequestParam String of,
            @RequestParam(defaultValue = "") String tokens,
            RedirectAttributes next) {
        var digits = tokens.replaceAll("[\\s,，]", "");
        if (!digits.matches("\\d{0,15}") || digits.matches("0+")) {
            next.addFlashAttribute("wrong", words.say("usage.limit.wrong"));
            return "redirect:/admin/usage";
        }
        var perDay = digits.isEmpty() ? null : Long.valueOf(digits);
        if (!limits.set(me, kind(of), id(of), perDay)) {
            throw new Faults.Gone();
        }
        next.addFlashAttribute("done", words.say("usage.limit.saved"));
        return "redirect:/admin/usage";
    }

    private static TokenLimits.Of kind(String of) {
        return switch (of.substring(0, Math.max(0, of.indexOf(':')))) {
            case "user" -> TokenLimits.Of.USER;
            case "base" -> TokenLimits.Of.BASE;
            default -> throw new Faults.Gone();
        };
    }

    private static UUID id(String of) {
        try {
            return UUID.fromString(of.substring(of.indexOf(':') + 1));
        } catch (IllegalArgumentException _) {
            throw new Faults.Gone();
        }
    }

    private static List<LimitView> views(
            List<TokenLimits.Limit> limits, TokenLimits.@Nullable Of of, Formats formats) {
        return limits.stream()
                .filter(one -> of == null || one.of() == of)
                .map(
                        one ->
                                new LimitView(
                                        one.of().code(),
                                        one.id().toString(),
                                        one.name(),
                                        one.perDay() == null ? "" : formats.number(one.perDay())))
                .toList();
    }
}
