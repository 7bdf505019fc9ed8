package io.zhiwen.system;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Gives failures of pages the status they deserve, so that the error page says the right thing.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class PageErrors implements HandlerExceptionResolver {

    private final Outage outage;

    PageErrors(Outage outage) {
        this.outage = outage;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception cause) {
        if (cause instanceof AccessDeniedException
                || cause instanceof AuthenticationException
                || response.isCommitted()) {
            return null;
        }
        var failure = Failures.of(cause);
        if (failure == null) {
            return null;
        }
        try {
            if (Outage.outage(cause) != null) {
                outage.tell(request, response, failure);
                return new ModelAndView();
            }
            response.sendError(failure.status().value());
            return new ModelAndView();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
