package io.zhiwen.api;

import io.zhiwen.account.Principal;
import io.zhiwen.ingest.failpoint.Failpoint;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// A request of a service that changes something and names an `Idempotency-Key` is done once,
/// however often it arrives, on whichever node, whenever one of them dies: what it does and what
/// was answered are kept by one transaction. A repetition that comes too early waits for the first;
/// a request that failed changed nothing and can be tried again under the same key.
@Component
final class Idempotency extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";

    static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /// Posted, but they change nothing; what is asked in a chat has a way of its own.
    private static final List<String> ONLY_ASKING = List.of("/api/v1/search", "/api/v1/ask");

    /// What they answer has a secret in it, which is not to be kept.
    private static final List<String> TELLING_SECRETS = List.of("/api/v1/keys", "/api/v1/users");

    private final KeptReplies replies;
    private final TransactionOperations transaction;
    private final HandlerExceptionResolver problems;

    Idempotency(
            KeptReplies replies,
            TransactionOperations transaction,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.replies = replies;
        this.transaction = transaction;
        this.problems = problems;
    }

    /// Whether requests of this kind are done once.
    static boolean covers(String method, String path) {
        return path.startsWith("/api/v1/")
                && CHANGING.contains(method)
                && !ONLY_ASKING.contains(path)
                && !TELLING_SECRETS.contains(path);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !covers(request.getMethod(), request.getServletPath());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var service = service();
        if (service == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            var name = new KeptReplies.Name(service.id(), key(service, request.getHeader(HEADER)));
            var repeatable = readable(request);
            if (repeatable == null) {
                chain.doFilter(request, response); // which finds that out again, and says it
            } else {
                once(name, repeatable, response, chain);
            }
        } catch (Refused | DataAccessException | TransactionException e) {
            problems.resolveException(request, response, null, e);
        }
    }

    /// Null when it is too large or no form at all.
    private static @Nullable RepeatableRequest readable(HttpServletRequest request)
            throws ServletException, IOException {
        try {
            return RepeatableRequest.read(request);
        } catch (IllegalStateException e) {
            return null;
        }
    }

    private void once(
            KeptReplies.Name name,
            RepeatableRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        var written = new ContentCachingResponseWrapper(response);
        var failure = new Thrown();
        transaction.executeWithoutResult(
                change -> {
                    if (!replies.begin(name, request.hash())) {
                        replay(name, request, written, failure);
                        return;
                    }
                    failure.of(() -> chain.doFilter(request, written));
                    if (failure.isThere() || written.getStatus() >= 400) {
                        change.setRollbackOnly();
                    } else {
                        replies.keep(name, kept(request, written));
                    }
                });
        Failpoint.AFTER_INSERT_COMMIT.pass();
        failure.throwAgain();
        written.copyBodyToResponse();
    }

    private void replay(
            KeptReplies.Name name,
            RepeatableRequest request,
            ContentCachingResponseWrapper response,
            Thrown failure) {
        var kept =
                replies.find(name)
                        .orElseThrow(() -> new IllegalStateException("no reply under this key"));
        if (!kept.requestHash().equals(request.hash())) {
            throw reused();
        }
        response.setStatus(kept.status());
        response.setHeader(REPLAYED, "true");
        if (kept.contentType() != null) {
            response.setContentType(kept.contentType());
        }
        if (kept.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, kept.location());
        }
        failure.of(() -> response.getOutputStream().write(kept.body()));
    }

    static Refused reused() {
        return new Refused(
                HttpStatus.CONFLICT,
                "idempotency-key-reused",
                "This Idempotency-Key was used for another request.",
                HEADER);
    }

    private static KeptReplies.Kept kept(
            RepeatableRequest request, ContentCachingResponseWrapper written) {
        return new KeptReplies.Kept(
                request.hash(),
                written.getStatus(),
                written.getContentType(),
                written.getHeader(HttpHeaders.LOCATION),
                written.getContentAsByteArray());
    }

    /// What one user was told is not for another whom the same key acts for.
    ///
    /// @param given as the header says it
    static String key(Principal.Key service, String given) {
        if (!KEY.matcher(given).matches()) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "An Idempotency-Key has 1 to 200 visible ASCII characters.",
                    HEADER);
        }
        var user = service.actsFor();
        return user == null ? given : given + " " + user.id();
    }

    private static Principal.@Nullable Key service() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                        && authentication.getPrincipal() instanceof Principal.Key service
                ? service
                : null;
    }

    /// Carries what the chain threw out of the transaction, which is rolled back meanwhile.
    private static final class Thrown {

        @FunctionalInterface
        interface Work {
            void run() throws ServletException, IOException;
        }

        private @Nullable Exception cause;

        void of(Work work) {
            try {
                work.run();
            } catch (ServletException | IOException | RuntimeException e) {
                cause = e;
            }
        }

        boolean isThere() {
            return cause != null;
        }

        void throwAgain() throws ServletException, IOException {
            switch (cause) {
                case null -> {}
                case ServletException e -> throw e;
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Exception e -> throw new IllegalStateException(e);
            }
        }
    }
}
