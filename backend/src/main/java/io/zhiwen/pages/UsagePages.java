package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.ask.TokenUsage;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/// What chat models read and wrote in the last month, for admins.
@Controller
class UsagePages {

    private static final int DAYS = 30;

    private final TokenUsage usage;
    private final Words words;
    private final InstantSource clock;

    UsagePages(TokenUsage usage, Words words, InstantSource clock) {
        this.clock = clock;
        this.usage = usage;
        this.words = words;
    }

    @GetMapping("/admin/usage")
    String page(Principal.User me, Model model, Locale locale) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        model.addAttribute("usage", UsageView.of(usage.of(me, DAYS), today, DAYS, words, locale));
        model.addAttribute("limit", usage.limit());
        model.addAttribute("limitText", new Formats(locale).number(usage.limit()));
        return "admin/usage";
    }
}
