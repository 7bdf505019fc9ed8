package io.zhiwen.library;

import org.jspecify.annotations.Nullable;

/// Which documents, by what they have in one field.
public sealed interface FieldFilter {

    /// A text that has these words in it, in any case.
    record Has(BaseField field, String words) implements FieldFilter {}

    record Is(BaseField field, FieldValue value) implements FieldFilter {}

    /// A number or a day, both ends included; null for no end.
    record Between(BaseField field, @Nullable FieldValue from, @Nullable FieldValue until)
            implements FieldFilter {}

    String RANGE = "..";

    BaseField field();

    /// What somebody asks of a field: some words of a text, one of the choices, yes or no, a number
    /// or a day, or two of those with `..` between, of which one may be left out.
    ///
    /// @throws FieldRefused when the field does not take it
    static FieldFilter of(BaseField field, String asked) {
        String given = asked.replace('\0', ' ').strip();
        return switch (field.kind()) {
            case TEXT -> new Has(field, given);
            case CHOICE, YES_NO -> new Is(field, field.value(given));
            case NUMBER, DATE -> {
                int at = given.indexOf(RANGE);
                yield at < 0
                        ? new Is(field, field.value(given))
                        : new Between(
                                field,
                                end(field, given.substring(0, at)),
                                end(field, given.substring(at + RANGE.length())));
            }
        };
    }

    private static @Nullable FieldValue end(BaseField field, String given) {
        return given.isBlank() ? null : field.value(given);
    }
}
