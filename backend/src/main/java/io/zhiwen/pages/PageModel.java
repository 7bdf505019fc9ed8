package io.zhiwen.pages;

import io.zhiwen.account.Principal;
import io.zhiwen.account.SignedIn;
import io.zhiwen.settings.Picture;
import io.zhiwen.settings.RuntimeSettings;
import io.zhiwen.settings.Setting;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// What the frame of every page needs, error pages included.
@ControllerAdvice
class PageModel {

    private final Words words;
    private final RuntimeSettings settings;

    PageModel(Words words, RuntimeSettings settings) {
        this.words = words;
        this.settings = settings;
    }

    @ModelAttribute
    void common(HttpServletRequest request, Locale locale, Model model) {
        model.addAttribute("lang", locale.getLanguage().equals("zh") ? "zh-Hans" : "en");
        model.addAttribute("language", Preference.LANGUAGE.chosen(request));
        model.addAttribute("theme", Preference.THEME.chosen(request));
        model.addAttribute("words", words.ofScripts(locale));
        model.addAttribute("here", here(request));
        look(
                model,
                locale,
                settings.text(Setting.PRODUCT_NAME),
                settings.text(Setting.PRODUCT_COLOUR));
        model.addAttribute(
                "logo",
                Picture.of(settings.text(Setting.PRODUCT_LOGO)).map(Picture::digest).orElse(""));
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
                && signedIn.getPrincipal() instanceof Principal.User user) {
            model.addAttribute("me", new Me(user.name(), user.isAdmin()));
            model.addAttribute(
                    "announcement",
                    Announcement.shown(settings.now(Setting.ANNOUNCEMENT), request));
        }
    }

    /// What an admin made the product look like; empty for its own.
    void look(Model model, Locale locale, String name, String colour) {
        model.addAttribute("brand", name.isEmpty() ? words.say(locale, "page.brand") : name);
        model.addAttribute("accent", colour.replace("#", ""));
    }

    /// Who is signed in, as templates ask.
    record Me(String name, boolean admin) {}

    /// Where to come back to after a choice; a page that answers GET.
    private static String here(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) != null) {
            return "/";
        }
        var token = request.getParameter("token");
        return request.getServletPath() + (token == null ? "" : "?token=" + token);
    }
}
