package io.zhiwen.system;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/// The outermost door: whatever fails because the database is away, wherever on the way, ends as a
/// 503 that says when to come again. It needs neither the database nor a session: a problem for
/// programs, for people a page that comes again by itself.
final class Outage extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private final Problems problems;
    private final MessageSource messages;

    Outage(Problems problems, MessageSource messages) {
        this.problems = problems;
        this.messages = messages;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            var failure = outage(e);
            if (failure == null || response.isCommitted()) {
                throw e;
            }
            log.warn(
                    "{} {} could not be served: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    e.getMessage());
            response.reset();
            tell(request, response, failure);
        }
    }

    @Override
    protected void doFilterNestedErrorDispatch(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        doFilterInternal(request, response, chain);
    }

    /// @param failure a 503
    void tell(HttpServletRequest request, HttpServletResponse response, Failure failure)
            throws IOException {
        var retry = failure.headers().getFirst(HttpHeaders.RETRY_AFTER);
        response.setHeader(HttpHeaders.RETRY_AFTER, retry);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (Doors.isJson(Doors.path(request))) {
            problems.write(
                    request,
                    response,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    failure.code(),
                    failure.detail());
            return;
        }
        var language = request.getLocale().getLanguage().equals("zh") ? "zh" : "en";
        var locale = Locale.forLanguageTag(language);
        var title = messages.getMessage("error.503.title", null, locale);
        var text = messages.getMessage("error.503.text", null, locale);
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Security-Policy", Headers.PAGES);
        response.getWriter()
                .write(
                        """
                        <!DOCTYPE html>
                        <html lang="%s">
                        <head>
                        <meta charset="utf-8"><meta name="viewport" content="width=device-width">
                        <meta http-equiv="refresh" content="%s">
                        <title>%s</title>
                        <link rel="stylesheet" href="/assets/css/tokens.css">
                        <link rel="stylesheet" href="/assets/css/base.css">
                        </head>
                        <body><main data-testid="outage"><h1>%s</h1><p>%s</p></main></body>
                        </html>
                        """
                                .formatted(language, retry, title, title, text));
        response.flushBuffer();
    }

    /// Null for a failure of another kind.
    static @Nullable Failure outage(@Nullable Throwable cause) {
        for (var each = cause; each != null; each = each.getCause()) {
            var failure = each instanceof Exception exception ? Failures.of(exception) : null;
            if (failure != null
                    && failure.status().value() == 503
                    && failure.headers().containsHeader(HttpHeaders.RETRY_AFTER)) {
                return failure;
            }
        }
        return null;
    }
}
