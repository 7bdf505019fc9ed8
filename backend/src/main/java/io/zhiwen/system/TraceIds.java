package io.zhiwen.system;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request a random id, in its log lines and its error replies. What a client sends as
/// one is not taken.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceIds extends OncePerRequestFilter {

    private static final String NAME = "traceId";

    static String of(HttpServletRequest request) {
        if (request.getAttribute(NAME) instanceof String id) {
            return id;
        }
        var id = UUID.randomUUID().toString().replace("-", "");
        request.setAttribute(NAME, id);
        return id;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var _ = MDC.putCloseable(NAME, of(request))) {
            chain.doFilter(request, response);
        }
    }
}
