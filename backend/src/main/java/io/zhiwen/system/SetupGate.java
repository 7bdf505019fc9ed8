package io.zhiwen.system;

import io.zhiwen.account.SetupLink;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Before there is an admin nothing is open but set-up itself, health and static files. (A key made
/// on the console opens the API all the same: its holder owns the machine.)
final class SetupGate extends OncePerRequestFilter {

    private static final List<String> OPEN =
            List.of(
                    "/setup",
                    "/preferences",
                    "/assets/",
                    "/actuator/health",
                    "/error",
                    "/favicon.ico",
                    "/preferences");

    private final SetupLink setup;
    private final Problems problems;

    SetupGate(SetupLink setup, Problems problems) {
        this.setup = setup;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getServletPath();
        if (OPEN.stream().anyMatch(open -> within(path, open)) || !setup.isNeeded()) {
            chain.doFilter(request, response);
        } else if (Doors.isJson(path)) {
            problems.write(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "setup-required",
                    "Make the first admin with the link printed at the start.");
        } else {
            response.sendRedirect(request.getContextPath() + "/setup");
        }
    }

    private static boolean within(String path, String open) {
        return open.endsWith("/")
                ? path.startsWith(open)
                : path.equals(open) || path.startsWith(open + "/");
    }
}
