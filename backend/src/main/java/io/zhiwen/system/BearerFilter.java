package io.zhiwen.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.Principal;
import io.zhiwen.account.SignedIn;
import io.zhiwen.account.Users;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets a key in for one request; without a good one the request stays nobody's. A key that may
/// acts for the user its request names, and can do no more than that user.
final class BearerFilter extends OncePerRequestFilter {

    /// Names the user, by name or id; `filename*` coding of RFC 8187 where it is not ASCII.
    static final String ON_BEHALF_OF = "On-Behalf-Of";

    private static final String SCHEME = "bearer ";
    private static final String ENCODED = "UTF-8''";

    private final ApiKeys keys;
    private final Users users;
    private final RequestAttributeSecurityContextRepository contexts;

    BearerFilter(ApiKeys keys, Users users, RequestAttributeSecurityContextRepository contexts) {
        this.keys = keys;
        this.users = users;
        this.contexts = contexts;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        secret(request)
                .flatMap(keys::authenticate)
                .ifPresent(
                        key -> {
                            var context = SecurityContextHolder.createEmptyContext();
                            context.setAuthentication(SignedIn.as(key));
                            SecurityContextHolder.setContext(context);
                            context.setAuthentication(SignedIn.as(acting(key, request)));
                            contexts.saveContext(context, request, response);
                        });
        chain.doFilter(request, response);
    }

    /// Whoever may not be acted for looks like one who is not there.
    private Principal.Key acting(Principal.Key key, HttpServletRequest request) {
        var named = request.getHeader(ON_BEHALF_OF);
        if (named == null) {
            return key;
        }
        return (key.mayActForUsers()
                        ? users.named(decoded(named))
                        : Optional.<Principal.User>empty())
                .map(key::actingFor)
                .orElseThrow(() -> new AccessDeniedException("cannot act for that user"));
    }

    private static String decoded(String name) {
        try {
            return name.startsWith(ENCODED)
                    ? URLDecoder.decode(name.substring(ENCODED.length()).replace("+", "%2B"), UTF_8)
                    : name;
        } catch (IllegalArgumentException _) {
            throw new AccessDeniedException("the name of that user cannot be read");
        }
    }

    private static Optional<String> secret(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(SCHEME.length()).strip());
    }
}
