package io.zhiwen.pages;

import io.zhiwen.library.BaseField;
import io.zhiwen.library.DocumentRow;
import io.zhiwen.library.FieldKind;
import io.zhiwen.library.FieldRefused;
import io.zhiwen.library.FieldValue;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A field of a base, and what a document has in it.
///
/// @param input what its input is called in forms
/// @param value as its input takes it; empty for none
/// @param shown the same for readers
record FieldView(
        String id,
        String input,
        String name,
        String kind,
        List<String> choices,
        String value,
        String shown) {

    static final String INPUT = "field-";

    static FieldView of(BaseField field, List<DocumentRow.Given> given, Words words, Locale to) {
        var value =
                given.stream()
                        .filter(each -> each.field().equals(field.id()))
                        .map(DocumentRow.Given::value)
                        .findFirst()
                        .orElse(null);
        return new FieldView(
                field.id().toString(),
                INPUT + field.id(),
                field.name(),
                field.kind().code(),
                field.choices(),
                value == null ? "" : value.text(),
                shown(value, words, to));
    }

    /// Without a value.
    static FieldView of(BaseField field, Words words, Locale to) {
        return of(field, List.of(), words, to);
    }

    /// What was wrong with a field or a value, in the language of the request.
    static String wrong(FieldRefused refused, Words words) {
        return words.say("field.wrong." + refused.reason().code(), refused.words().toArray());
    }

    static List<String> kinds() {
        return Arrays.stream(FieldKind.values()).map(FieldKind::code).toList();
    }

    private static String shown(@Nullable FieldValue value, Words words, Locale to) {
        return switch (value) {
            case null -> "";
            case FieldValue.Text(var text) -> text;
            case FieldValue.Amount(var number) -> new Formats(to).number(number);
            case FieldValue.Day(var day) ->
                    DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                            .withLocale(to)
                            .format(day);
            case FieldValue.Truth(var truth) -> words.say(to, truth ? "field.yes" : "field.no");
        };
    }
}
