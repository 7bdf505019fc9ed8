package io.zhiwen.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/// A failure as OpenAI's clients read it.
record OpenAiError(Body error) {

    @JsonInclude
    record Body(String message, String type, @Nullable String param, String code) {}

    static OpenAiError of(
            HttpStatusCode status, String code, String detail, List<Problems.FieldError> errors) {
        return new OpenAiError(
                new Body(
                        errors.isEmpty() ? detail : errors.getFirst().message(),
                        type(status),
                        errors.isEmpty() ? null : errors.getFirst().field(),
                        code.equals("unauthorized") ? "invalid_api_key" : code.replace('-', '_')));
    }

    private static String type(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status.is5xxServerError() ? "server_error" : "invalid_request_error";
        };
    }
}
