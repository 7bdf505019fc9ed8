package io.zhiwen.pages;

import io.zhiwen.library.BaseField;
import io.zhiwen.library.FieldFilter;
import io.zhiwen.library.FieldKind;
import io.zhiwen.library.FieldRefused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request asks of the fields of a base. A field's input is `field-<id>`; a number or a day
/// has two, with `-from` and `-until` behind.
///
/// @param given what the inputs say, by their names; none that is empty
/// @param wrong what cannot be asked, in words; such a field filters nothing
record FieldsAsked(Map<String, String> given, List<FieldFilter> filters, @Nullable String wrong) {

    private static final String FROM = "-from";
    private static final String UNTIL = "-until";

    static FieldsAsked of(List<BaseField> fields, Map<String, String> request, Words words) {
        Map<String, String> given = new LinkedHashMap<>();
        List<FieldFilter> filters = new ArrayList<>();
        String wrong = null;
        for (var field : fields) {
            var input = FieldView.INPUT + field.id();
            boolean range = field.kind() == FieldKind.NUMBER || field.kind() == FieldKind.DATE;
            var asked =
                    range
                            ? take(request, input + FROM, given)
                                    + FieldFilter.RANGE
                                    + take(request, input + UNTIL, given)
                            : take(request, input, given);
            if (!asked.isEmpty() && !asked.equals(FieldFilter.RANGE)) {
                try {
                    filters.add(FieldFilter.of(field, asked));
                } catch (FieldRefused refused) {
                    wrong = FieldView.wrong(refused, words);
                }
            }
        }
        return new FieldsAsked(given, filters, wrong);
    }

    private static String take(
            Map<String, String> request, String input, Map<String, String> given) {
        var said = request.getOrDefault(input, "").strip();
        if (!said.isEmpty()) {
            given.put(input, said);
        }
        return said;
    }
}
