package io.zhiwen.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/// What a browser keeps: its language and its theme. Without the cookie it is `auto`.
enum Preference {
    LANGUAGE("zw_language", "en", "zh"),
    THEME("zw_theme", "light", "dark");

    private static final Duration KEPT = Duration.ofDays(400);

    private final String cookie;
    private final String one;
    private final String other;

    Preference(String cookie, String one, String other) {
        this.cookie = cookie;
        this.one = one;
        this.other = other;
    }

    private boolean has(String value) {
        return value.equals(one) || value.equals(other);
    }

    /// What was chosen; null for `auto`. A widget's page is told by its address: cookies are not
    /// its own.
    @Nullable String chosen(HttpServletRequest request) {
        if (request.getServletPath().startsWith("/widget/")) {
            var told = request.getParameter(name().toLowerCase(Locale.ROOT));
            return told != null && has(told) ? told : null;
        }
        var kept = WebUtils.getCookie(request, cookie);
        return kept != null && has(kept.getValue()) ? kept.getValue() : null;
    }

    /// Anything that is no value means `auto`.
    void choose(String value, HttpServletRequest request, HttpServletResponse response) {
        boolean known = has(value);
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
