package io.zhiwen.library;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// A field that a base gives its documents.
///
/// @param choices in the order they are shown; none unless it is a field of choices
public record BaseField(
        FieldId id, KnowledgeBaseId base, String name, FieldKind kind, List<String> choices) {

    public static final int LONGEST_TEXT = 500;

    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_DIGITS = 20;
    private static final int MOST_DECIMALS = 10;
    private static final int LAST_YEAR = 9999;

    public BaseField {
        choices = List.copyOf(choices);
    }

    /// What somebody wrote, as a value of this field.
    ///
    /// @param written not empty
    /// @throws FieldRefused when it is none
    public FieldValue value(String written) {
        String given = written.replace('\0', ' ').strip();
        return switch (kind) {
            case TEXT -> text(given);
            case NUMBER -> number(given);
            case DATE -> day(given);
            case CHOICE -> choice(given);
            case YES_NO -> truth(given);
        };
    }

    private FieldValue text(String given) {
        if (given.length() > LONGEST_TEXT) {
            throw FieldRefused.value(FieldRefused.Reason.LONG_TEXT, this, given);
        }
        return new FieldValue.Text(given);
    }

    private FieldValue number(String given) {
        try {
            if (given.length() <= LONGEST_NUMBER) {
                var number = new BigDecimal(given);
                long digits = (long) number.precision() - number.scale();
                if (digits <= MOST_DIGITS && number.scale() <= MOST_DECIMALS) {
                    return new FieldValue.Amount(number.scale() < 0 ? number.setScale(0) : number);
                }
            }
        } catch (NumberFormatException _) {
            // refused below, as one with too many digits is
        }
        throw FieldRefused.value(FieldRefused.Reason.NO_NUMBER, this, given);
    }

    private FieldValue day(String given) {
        try {
            var date = LocalDate.parse(given);
            if (date.getYear() > 0 && date.getYear() <= LAST_YEAR) {
                return new FieldValue.Day(date);
            }
        } catch (DateTimeException _) {
            // refused below, as one of another age is
        }
        throw FieldRefused.value(FieldRefused.Reason.NO_DATE, this, given);
    }

    private FieldValue choice(String given) {
        return choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(given))
                .findFirst()
                .map(FieldValue.Text::new)
                .orElseThrow(() -> FieldRefused.value(FieldRefused.Reason.NO_CHOICE, this, given));
    }

    private FieldValue truth(String given) {
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "是" -> new FieldValue.Truth(true);
            case "no", "false", "否" -> new FieldValue.Truth(false);
            default -> throw FieldRefused.value(FieldRefused.Reason.NO_TRUTH, this, given);
        };
    }
}
