package io.zhiwen.system;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;

/// After signing in a person lands on the page they asked for; only the addresses of pages are
/// remembered, never calls of scripts or files.
final class SavedPages implements RequestCache {

    private static final String PAGE = "zhiwen.page";

    @Override
    public void saveRequest(HttpServletRequest request, HttpServletResponse response) {
        if (isPage(request)) {
            var query = request.getQueryString();
            request.getSession()
                    .setAttribute(
                            PAGE, request.getRequestURI() + (query == null ? "" : "?" + query));
        }
    }

    @Override
    public @Nullable SavedRequest getRequest(
            HttpServletRequest request, HttpServletResponse response) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(PAGE) instanceof String page
                ? new SimpleSavedRequest(page)
                : null;
    }

    /// Nothing of a request is replayed but its address.
    @Override
    public @Nullable HttpServletRequest getMatchingRequest(
            HttpServletRequest request, HttpServletResponse response) {
        return null;
    }

    @Override
    public void removeRequest(HttpServletRequest request, HttpServletResponse response) {
        var session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(PAGE);
        }
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
