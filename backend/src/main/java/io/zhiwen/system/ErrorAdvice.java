package io.zhiwen.system;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/// Turns every failure behind `/api` and `/app` into a problem. Failures of pages go on to the
/// error page, refusals to the security chain.
@RestControllerAdvice
@Order(ErrorAdvice.AFTER_THE_PAGES_OWN)
class ErrorAdvice {

    static final int AFTER_THE_PAGES_OWN = Ordered.HIGHEST_PRECEDENCE + 1;

    private static final Logger log = LoggerFactory.getLogger(ErrorAdvice.class);
    private static final Failure UNFORESEEN =
            Failure.of(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "internal",
                    "Something went wrong here. The log has more under this traceId.");

    private final Problems problems;

    ErrorAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    @Nullable ResponseEntity<?> any(Exception cause, HttpServletRequest request) throws Exception {
        if (cause instanceof AccessDeniedException
                || cause instanceof AuthenticationException
                || !Doors.isJson(Doors.path(request))) {
            throw cause;
        }
        if (cause instanceof AsyncRequestNotUsableException) {
            return null;
        }
        var known = Failures.of(cause);
        if (known == null) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), cause);
        }
        var failure = known == null ? UNFORESEEN : known;
        var headers = new HttpHeaders();
        headers.putAll(failure.headers());
        if (Doors.isOpenAi(Doors.path(request))) {
            headers.setContentType(MediaType.APPLICATION_JSON);
            var error =
                    OpenAiError.of(
                            failure.status(), failure.code(), failure.detail(), failure.errors());
            return new ResponseEntity<>(error, headers, failure.status());
        }
        if (Doors.isDify(Doors.path(request))) {
            headers.setContentType(MediaType.APPLICATION_JSON);
            var errors = failure.errors();
            var detail =
                    errors.isEmpty()
                            ? failure.detail()
                            : errors.getFirst().field() + ": " + errors.getFirst().message();
            return new ResponseEntity<>(
                    DifyError.of(request, failure.status(), detail), headers, failure.status());
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        var problem =
                problems.of(
                        request,
                        failure.status(),
                        failure.code(),
                        failure.detail(),
                        failure.errors());
        return new ResponseEntity<>(problem, headers, failure.status());
    }
}
