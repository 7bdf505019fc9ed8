package io.zhiwen.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// What a browser keeps: its language and its theme. Without the cookie it is `auto`.
enum Preference {
    LANGUAGE("zw_language", Set.of("en", "zh")),
    THEME("zw_theme", Set.of("light", "dark"));

    private static final Duration KEPT = Duration.ofDays(400);

    private final String cookie;
    private final Set<String> values;

    Preference(String cookie, Set<String> values) {
        this.cookie = cookie;
        this.values = values;
    }

    /// What was chosen; null for `auto`.
    @Nullable String chosen(HttpServletRequest request) {
        var kept = WebUtils.getCookie(request, cookie);
        return kept != null && values.contains(kept.getValue()) ? kept.getValue() : null;
    }

    /// Anything that is no value means `auto`.
    void choose(String value, HttpServletRequest request, HttpServletResponse response) {
        boolean known = values.contains(value);
        var kept =
                ResponseCookie.from(cookie, known ? value : "")
                        .path("/")
                        .sameSite("Lax")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .maxAge(known ? KEPT : Duration.ZERO)
                        .build();
        response.addHeader(HttpHeaders.SET_COOKIE, kept.toString());
    }
}
