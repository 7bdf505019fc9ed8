package io.zhiwen.system;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/// How a failure is told outside.
///
/// @param code stays the same; programs rely on it
/// @param detail a sentence in English
record Failure(
        HttpStatusCode status,
        String code,
        String detail,
        List<Problems.FieldError> errors,
        HttpHeaders headers) {

    static Failure of(HttpStatusCode status, String code, String detail) {
        return new Failure(status, code, detail, List.of(), HttpHeaders.EMPTY);
    }

    static Failure of(HttpStatusCode status, String code, String detail, String field) {
        return new Failure(
                status,
                code,
                detail,
                List.of(new Problems.FieldError(field, detail)),
                HttpHeaders.EMPTY);
    }

    Failure with(HttpHeaders more) {
        return new Failure(status, code, detail, errors, more);
    }
}
