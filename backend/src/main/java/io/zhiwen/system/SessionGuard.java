package io.zhiwen.system;

import io.zhiwen.account.Principal;
import io.zhiwen.account.SignedIn;
import io.zhiwen.account.Users;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Compares the session's person with the database at each request: someone disabled, deleted or
/// with a new password is out at once, a changed role holds at once, and no session outlives half a
/// day.
final class SessionGuard extends OncePerRequestFilter {

    static final Duration LONGEST = Duration.ofHours(12);

    private final Users users;
    private final InstantSource clock;

    SessionGuard(Users users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            var now = now(signedIn);
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(now);
            SecurityContextHolder.setContext(context);
            if (now == null) {
                var session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
            }
        }
        chain.doFilter(request, response);
    }

    private @Nullable SignedIn now(SignedIn then) {
        Instant end = then.since().plus(LONGEST);
        if (!(then.getPrincipal() instanceof Principal.User user) || clock.instant().isAfter(end)) {
            return null;
        }
        return users.current(user.id())
                .filter(current -> current.credentials() == then.credentials())
                .map(current -> SignedIn.as(current, then.since()))
                .orElse(null);
    }
}
