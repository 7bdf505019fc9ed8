package io.zhiwen.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// A request that cannot be done as asked, told as a problem with a code and perhaps a field.
final class Refused extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    Refused(HttpStatus status, String code, String detail) {
        this(status, code, detail, null);
    }

    Refused(HttpStatus status, String code, String detail, @Nullable String field) {
        super(status, problem(status, code, detail, field), null);
    }

    private static ProblemDetail problem(
            HttpStatus status, String code, String detail, @Nullable String field) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("code", code);
        if (field != null) {
            problem.setProperty("field", field);
        }
        return problem;
    }
}
