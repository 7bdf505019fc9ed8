package io.zhiwen.system;

import io.zhiwen.account.Allowance;
import io.zhiwen.account.RequestLimits;
import io.zhiwen.account.RequestLimits.Kind;
import io.zhiwen.account.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses whoever asks too often, and tells the others how much is left, by the fields of
/// draft-ietf-httpapi-ratelimit-headers-07. At the doors for services everything counts; of what
/// browsers do, only questions, searches and uploads.
final class RequestLimitFilter extends OncePerRequestFilter {

    private static final Pattern QUESTIONS =
            Pattern.compile(
                    "/api/v1/ask|/v1/chat/completions|/app/conversations(/[^/]+(/again)?)?"
                            + "|/widget/[^/]+/ask");
    private static final Pattern UPLOADS =
            Pattern.compile(
                    "(/api/v1/knowledge-bases|/app/bases)/[^/]+/documents"
                            + "|/app/conversations/([^/]+/)?attachments"
                            + "|/api/v1/documents/[^/]+|/app/documents/[^/]+/replace");
    private static final Pattern SEARCHES = Pattern.compile("/search");

    private final RequestLimits limits;
    private final Problems problems;

    RequestLimitFilter(RequestLimits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var taken = take(request);
        taken.ifPresent(allowance -> headers(allowance).forEach(response::setHeader));
        if (taken.isEmpty() || taken.get().granted()) {
            chain.doFilter(request, response);
        } else if (Doors.isJson(request.getServletPath())) {
            var failure = failure(taken.get());
            problems.write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    failure.code(),
                    failure.detail());
        } else {
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }

    private Optional<Allowance> take(HttpServletRequest request) {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (Doors.isWidget(request.getServletPath())) {
            // its key is everybody's: one visitor must not use up what all of them have
            var visitor = limits.takeOfStranger(request.getRemoteAddr());
            if (visitor.isPresent() && !visitor.get().granted()) {
                return visitor;
            }
        }
        if (who instanceof SignedIn signedIn) {
            var kind = kind(request.getMethod(), request.getServletPath());
            return kind == null ? Optional.empty() : limits.take(kind, signedIn.getPrincipal());
        }
        return Doors.isApi(request.getServletPath())
                ? limits.takeOfStranger(request.getRemoteAddr())
                : Optional.empty();
    }

    /// Null for what is not counted.
    static @Nullable Kind kind(String method, String path) {
        boolean changes =
                method.equals(HttpMethod.POST.name()) || method.equals(HttpMethod.PUT.name());
        if (changes && UPLOADS.matcher(path).matches()) {
            return Kind.UPLOAD;
        }
        if (changes && QUESTIONS.matcher(path).matches()) {
            return path.startsWith("/app/") && method.equals("PUT") ? null : Kind.QUESTION;
        }
        return Doors.isApi(path) || SEARCHES.matcher(path).matches() ? Kind.REQUEST : null;
    }

    static Failure failure(Allowance allowance) {
        var fields = new HttpHeaders();
        headers(allowance).forEach(fields::set);
        return Failure.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-requests",
                        "More than " + allowance.limit() + " a minute; try again soon.")
                .with(fields);
    }

    private static Map<String, String> headers(Allowance allowance) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("RateLimit-Limit", String.valueOf(allowance.limit()));
        headers.put("RateLimit-Remaining", String.valueOf(allowance.remaining()));
        headers.put("RateLimit-Reset", String.valueOf(seconds(allowance.whole())));
        if (!allowance.granted()) {
            headers.put(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(allowance.next())));
        }
        return headers;
    }

    /// Rounded up: who comes then is early no more.
    private static long seconds(Duration time) {
        return Math.max(1, time.plusNanos(999_999_999).toSeconds());
    }
}
