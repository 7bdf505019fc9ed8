package io.zhiwen.system;

import io.zhiwen.account.SignedIn;
import io.zhiwen.widget.Widget;
import io.zhiwen.widget.Widgets;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets the widget in whose public key is in the path. Questions come from the widget's own page
/// only: a browser says where from.
final class WidgetFilter extends OncePerRequestFilter {

    private static final String ORIGINS = WidgetFilter.class.getName() + ".origins";

    private final Widgets widgets;
    private final RequestAttributeSecurityContextRepository contexts;

    WidgetFilter(Widgets widgets, RequestAttributeSecurityContextRepository contexts) {
        this.widgets = widgets;
        this.contexts = contexts;
    }

    /// Which sites may show what is replied.
    static String origins(HttpServletRequest request) {
        return request.getAttribute(ORIGINS) instanceof List<?> origins
                ? String.join(" ", origins.stream().map(Object::toString).toList())
                : "";
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var widget = named(request.getServletPath());
        if (widget == null) {
            response.sendError(HttpStatus.NOT_FOUND.value());
            return;
        }
        var from = request.getHeader("Sec-Fetch-Site");
        boolean elsewhere = from != null && !from.equals("same-origin");
        if (elsewhere && !request.getMethod().equals(HttpMethod.GET.name())) {
            response.sendError(HttpStatus.FORBIDDEN.value());
            return;
        }
        request.setAttribute(ORIGINS, widget.origins());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(SignedIn.as(widgets.principal(widget)));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        chain.doFilter(request, response);
    }

    private @Nullable Widget named(String path) {
        var parts = path.split("/", -1);
        return parts.length < 3 ? null : widgets.named(parts[2]).orElse(null);
    }
}
