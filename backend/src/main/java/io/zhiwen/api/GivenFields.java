package io.zhiwen.api;

import io.zhiwen.library.DocumentRow;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What a document has in fields, by their names, as JSON has it: a text or a choice and a day as a
/// string, a number as a number or, to be exact, a string, and yes or no as true or false.
final class GivenFields {

    static final String IN =
            "By the names of fields: a string (text, choice, `2026-12-31`), a number, true or false;"
                    + " null clears one. Others stay as they are.";

    private GivenFields() {}

    static Map<String, Object> of(List<DocumentRow.Given> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        fields.forEach(given -> all.put(given.name(), given.value().plain()));
        return all;
    }

    /// As the library takes them.
    static Map<String, @Nullable String> read(@Nullable Map<String, @Nullable Object> given) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> all.put(name, text(name, value)));
        }
        return all;
    }

    /// @param field to name where it is none
    static @Nullable String text(String field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth.toString();
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            default ->
                    throw new Refused(
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "“" + field + "” takes a string, a number, true, false or null.",
                            "fields");
        };
    }
}
