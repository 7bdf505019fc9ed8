package io.zhiwen.system;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Errors as RFC 9457 tells them, each with a `code` that stays, the `traceId` the log has, and
/// `errors` where fields are wrong.
@Component
final class Problems {

    /// What is wrong with one field.
    record FieldError(String field, String message) {}

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    ProblemDetail of(
            HttpServletRequest request, HttpStatusCode status, String code, String detail) {
        return of(request, status, code, detail, List.of());
    }

    ProblemDetail of(
            HttpServletRequest request,
            HttpStatusCode status,
            String code,
            String detail,
            List<FieldError> errors) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:zhiwen:problem:" + code));
        problem.setProperty("code", code);
        problem.setProperty("traceId", RequestIds.of(request));
        problem.setProperty("errors", errors);
        return problem;
    }

    /// For filters, which have no message converters.
    void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String code,
            String detail)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.setStatus(status.value());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        if (Doors.isDify(Doors.path(request))) {
            response.setStatus(DifyError.status(status).value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter()
                    .write(json.writeValueAsString(DifyError.of(request, status, detail)));
            response.flushBuffer();
            return;
        }
        if (Doors.isOpenAi(Doors.path(request))) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            var error = OpenAiError.of(status, code, detail, List.of());
            response.getWriter().write(json.writeValueAsString(error));
            response.flushBuffer();
            return;
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        var problem = of(request, status, code, detail);
        problem.setInstance(URI.create(request.getRequestURI()));
        response.getWriter().write(json.writeValueAsString(problem));
        response.flushBuffer();
    }
}
