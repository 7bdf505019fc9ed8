package io.zhiwen.system;

import io.zhiwen.account.ApiKeys;
import io.zhiwen.account.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets a key in for one request; without a good one the request stays nobody's.
final class BearerFilter extends OncePerRequestFilter {

    private static final String SCHEME = "bearer ";

    private final ApiKeys keys;
    private final RequestAttributeSecurityContextRepository contexts;

    BearerFilter(ApiKeys keys, RequestAttributeSecurityContextRepository contexts) {
        this.keys = keys;
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
                            contexts.saveContext(context, request, response);
                        });
        chain.doFilter(request, response);
    }

    private static Optional<String> secret(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(SCHEME.length()).strip());
    }
}
