package io.zhiwen.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Language and theme, also for those who have not signed in, and what was read and put away.
@Controller
class PreferencePages {

    @PostMapping("/preferences")
    String choose(
            @RequestParam @Nullable String language,
            @RequestParam @Nullable String theme,
            @RequestParam @Nullable UUID announcement,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (language != null) {
            Preference.LANGUAGE.choose(language, request, response);
        }
        if (theme != null) {
            Preference.THEME.choose(theme, request, response);
        }
        if (announcement != null) {
            Announcement.putAway(announcement, request, response);
        }
        return "redirect:" + (isOurs(back) ? back : "/");
    }

    /// A path of ours, never another site.
    private static boolean isOurs(String back) {
        return back.matches("/(?![/\\\\])[\\w/?=&.%-]*");
    }
}
