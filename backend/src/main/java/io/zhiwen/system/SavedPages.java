package io.zhiwen.system;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/// After signing in a person lands on the page they asked for; only pages are remembered, never
/// calls of scripts or files.
final class SavedPages {

    private SavedPages() {}

    /// Without a mark in the address of the page; null is how its maker switches that off.
    @SuppressWarnings("NullAway")
    static HttpSessionRequestCache cache() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(SavedPages::isPage);
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    static boolean isThrottled(AuthenticationException cause) {
        return cause instanceof LockedException;
    }

    private static boolean isPage(HttpServletRequest request) {
        var path = request.getServletPath();
        var accept = request.getHeader("Accept");
        return request.getMethod().equals("GET")
                && !Doors.isJson(path)
                && !path.startsWith("/assets/")
                && !path.equals("/favicon.ico")
                && accept != null
                && accept.contains("text/html");
    }
}
