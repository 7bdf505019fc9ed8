package io.zhiwen.pages;

import io.zhiwen.account.AccountRefused;
import io.zhiwen.account.OidcSettings;
import io.zhiwen.account.OpenSessions;
import io.zhiwen.account.Principal;
import io.zhiwen.account.SetupLink;
import io.zhiwen.account.SignedIn;
import io.zhiwen.account.Users;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The way in, and one's own settings.
@Controller
class AccountPages {

    private final SetupLink setup;
    private final Users users;
    private final OpenSessions sessions;
    private final Words words;
    private final OidcSettings company;
    private final InstantSource clock;

    AccountPages(
            SetupLink setup,
            Users users,
            OpenSessions sessions,
            Words words,
            OidcSettings company,
            InstantSource clock) {
        this.company = company;
        this.clock = clock;
        this.sessions = sessions;
        this.setup = setup;
        this.users = users;
        this.words = words;
    }

    @GetMapping("/setup")
    String setup(
            @RequestParam(defaultValue = "") String token,
            Model model,
            HttpServletResponse response) {
        if (!setup.isValid(token)) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "account/setup-closed";
        }
        return form(model, token, "");
    }

    @PostMapping("/setup")
    String setup(
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!password.equals(again)) {
            return wrong(model, response, "account.password-differs", token, name);
        }
        try {
            var user = setup.redeem(token, name, password);
            SignedIn.start(users, user, clock.instant(), request, response);
            return "redirect:/chat";
        } catch (AccountRefused refused) {
            return wrong(model, response, "account." + refused.code(), token, name);
        }
    }

    private String wrong(
            Model model, HttpServletResponse response, String key, String token, String name) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("wrong", words.say(key));
        return form(model, token, name);
    }

    private static String form(Model model, String token, String name) {
        model.addAttribute("token", token);
        model.addAttribute("name", name);
        return "account/setup";
    }

    @GetMapping("/sign-in")
    String signIn(@RequestParam Map<String, String> why, Principal.@Nullable User me, Model model) {
        if (me != null) {
            return "redirect:/chat";
        }
        if (why.containsKey("error")) {
            model.addAttribute("wrong", words.say("account.signIn.wrong"));
        } else if (why.containsKey("throttled")) {
            model.addAttribute("wrong", words.say("account.signIn.throttled"));
        } else if (why.containsKey("expired")) {
            model.addAttribute("wrong", words.say("account.signIn.expired"));
        } else if (why.containsKey("company")) {
            model.addAttribute("wrong", words.say("account.signIn.company.wrong"));
        } else if (why.containsKey("bye")) {
            model.addAttribute("done", words.say("account.signedOut"));
        }
        model.addAttribute("company", company.isUsed());
        model.addAttribute("companyLabel", company.label());
        return "account/sign-in";
    }

    @GetMapping("/settings")
    String settings(Principal.User me, HttpServletRequest request, Model model, Locale locale) {
        model.addAttribute("sessions", SessionView.of(sessions.of(me, me.id()), request, locale));
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
                && signedIn.oneTimePassword()) {
            model.addAttribute("once", true);
            model.addAttribute("wrong", words.say("account.onetime.choose"));
        }
        return "account/settings";
    }

    @PostMapping("/settings/sessions/end")
    String end(
            Principal.User me,
            @RequestParam(defaultValue = "") String session,
            RedirectAttributes next) {
        if (sessions.end(me, me.id(), session)) {
            next.addFlashAttribute("done", words.say("sessions.ended"));
        }
        return "redirect:/settings";
    }

    @PostMapping("/settings/password")
    String password(
            Principal.User me,
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            HttpServletRequest request,
            HttpServletResponse response,
            RedirectAttributes next) {
        if (!password.equals(again)) {
            next.addFlashAttribute("wrong", words.say("account.password-differs"));
            return "redirect:/settings";
        }
        try {
            users.changePassword(me, current, password);
            SignedIn.start(users, me, clock.instant(), request, response);
            next.addFlashAttribute("done", words.say("settings.password.done"));
        } catch (AccountRefused refused) {
            next.addFlashAttribute("wrong", words.say("account." + refused.code()));
        }
        return "redirect:/settings";
    }
}
