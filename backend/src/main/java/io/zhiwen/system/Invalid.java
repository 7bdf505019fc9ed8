package io.zhiwen.system;

import io.zhiwen.system.Problems.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Names the fields of a request that are wrong, as the client wrote them.
final class Invalid {

    private Invalid() {}

    static Failure body(MethodArgumentNotValidException invalid) {
        return fields(
                invalid.getFieldErrors().stream()
                        .map(e -> new FieldError(snake(e.getField()), message(e)))
                        .toList());
    }

    static Failure parameters(HandlerMethodValidationException invalid) {
        return fields(
                invalid.getParameterValidationResults().stream()
                        .flatMap(
                                result -> {
                                    var name = result.getMethodParameter().getParameterName();
                                    return result.getResolvableErrors().stream()
                                            .map(
                                                    e ->
                                                            new FieldError(
                                                                    name == null ? "" : snake(name),
                                                                    message(e)));
                                })
                        .toList());
    }

    static Failure json(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown ->
                    Failure.of(
                            HttpStatus.BAD_REQUEST,
                            "unknown-field",
                            "This field does not exist" + instead(unknown) + ".",
                            path(unknown));
            case DatabindException mismatch ->
                    Failures.invalid(path(mismatch), "This is not what the field takes.");
            case null, default ->
                    Failure.of(
                            HttpStatus.BAD_REQUEST,
                            "malformed-json",
                            "The body is missing or no JSON that can be read.");
        };
    }

    private static String instead(UnrecognizedPropertyException unknown) {
        var known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? ""
                : known.stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(", ", "; these do: ", ""));
    }

    private static Failure fields(List<FieldError> errors) {
        return new Failure(
                HttpStatus.BAD_REQUEST,
                "invalid-request",
                errors.size() == 1 ? "A field is wrong." : errors.size() + " fields are wrong.",
                errors,
                HttpHeaders.EMPTY);
    }

    private static String path(DatabindException cause) {
        return cause.getPath().stream()
                .map(
                        step -> {
                            var name = step.getPropertyName();
                            return name == null ? "[" + step.getIndex() + "]" : "." + name;
                        })
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String message(MessageSourceResolvable error) {
        @Nullable String message = error.getDefaultMessage();
        return message == null ? "is wrong" : message;
    }

    /// `knowledge_base_ids` of `knowledgeBaseIds`
    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
