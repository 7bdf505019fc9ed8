package io.zhiwen.system;

import io.zhiwen.account.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/// How the chains say no: services and scripts get a problem as JSON, people the sign-in page or an
/// error page.
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Problems problems;

    Refusals(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        var path = request.getServletPath();
        if (Doors.isApi(path)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"zhiwen\"");
            problems.write(
                    request,
                    response,
                    HttpStatus.UNAUTHORIZED,
                    "unauthorized",
                    "Send a good API key: Authorization: Bearer zw_...");
        } else if (Doors.isJson(path)) {
            problems.write(
                    request, response, HttpStatus.UNAUTHORIZED, "unauthorized", "Sign in first.");
        } else {
            response.sendRedirect(request.getContextPath() + "/sign-in");
        }
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        var path = request.getServletPath();
        boolean forged = cause instanceof CsrfException;
        boolean stranger =
                !(SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn);
        if (Doors.isJson(path)) {
            if (stranger) {
                problems.write(
                        request,
                        response,
                        HttpStatus.UNAUTHORIZED,
                        "unauthorized",
                        "Sign in first.");
            } else {
                problems.write(
                        request,
                        response,
                        HttpStatus.FORBIDDEN,
                        forged ? "csrf" : "forbidden",
                        forged ? "The page is too old; load it again." : "You may not do this.");
            }
        } else if (response.isCommitted()) {
            return;
        } else if (forged && stranger) {
            boolean late = path.equals("/sign-in") || path.equals("/sign-out");
            response.sendRedirect(
                    request.getContextPath() + (late ? "/sign-in?expired" : "/sign-in"));
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }
}
