package io.zhiwen.system;

import io.zhiwen.account.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Who came in with a one-time password may only choose a new one, on the settings page.
final class OneTimePassword extends OncePerRequestFilter {

    private static final List<String> OPEN =
            List.of(
                    "/settings",
                    "/preferences",
                    "/preferences",
                    "/sign-out",
                    "/sign-in",
                    "/assets",
                    "/error",
                    "/actuator",
                    "/favicon.ico");

    private final Problems problems;

    OneTimePassword(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getServletPath();
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn)
                || !signedIn.oneTimePassword()
                || OPEN.stream().anyMatch(o -> path.equals(o) || path.startsWith(o + "/"))) {
            chain.doFilter(request, response);
        } else if (Doors.isJson(path)) {
            problems.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "password-change-required",
                    "Choose a password of your own first.");
        } else {
            response.sendRedirect(request.getContextPath() + "/settings");
        }
    }
}
