package io.zhiwen.library;

import java.util.List;
import java.util.Locale;

/// A field, or a value of one, cannot be what was asked. The message says in English which field,
/// what was given and what it takes.
public class FieldRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Pages say it under the key `field.wrong.<code>`, with the name of the field, what was given
    /// and what it takes.
    public enum Reason {
        NAMELESS("name"),
        NAME_TAKEN("name"),
        KINDLESS("kind"),
        OTHER_KIND("kind"),
        ODD_CHOICES("choices"),
        CHOICES_OF_OTHER_KIND("choices"),
        CHOICE_IN_USE("choices"),
        TOO_MANY("name"),
        UNKNOWN("fields"),
        LONG_TEXT("fields"),
        NO_NUMBER("fields"),
        NO_DATE("fields"),
        NO_CHOICE("fields"),
        NO_TRUTH("fields");

        private final String part;

        Reason(String part) {
            this.part = part;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int SHOWN = 60;

    private final Reason reason;
    private final String name;
    private final String given;
    private final String takes;

    private FieldRefused(Reason reason, String name, String given, String takes) {
        super(message(reason, name, given, takes));
        this.reason = reason;
        this.name = name;
        this.given = given;
        this.takes = takes;
    }

    static FieldRefused of(Reason reason, String name) {
        return new FieldRefused(reason, name, "", "");
    }

    static FieldRefused value(Reason reason, BaseField field, String given) {
        return new FieldRefused(
                reason,
                field.name(),
                given.length() > SHOWN ? given.substring(0, SHOWN) + "…" : given,
                String.join(", ", field.choices()));
    }

    static FieldRefused choiceInUse(BaseField field, String choice, long documents) {
        return new FieldRefused(
                Reason.CHOICE_IN_USE, field.name(), choice, String.valueOf(documents));
    }

    public Reason reason() {
        return reason;
    }

    /// What of a request it is about, as programs name it.
    public String part() {
        return reason.part;
    }

    /// What the sentence of `reason` is filled with: the field, what was given, what it takes.
    public List<String> words() {
        return List.of(name, given, takes);
    }

    private static String message(Reason reason, String name, String given, String takes) {
        return switch (reason) {
            case NAMELESS -> "a field's name has 1 to " + Fields.LONGEST_NAME + " characters";
            case NAME_TAKEN -> "the base has a field “" + name + "” already";
            case KINDLESS -> "a field's kind is text, number, date, choice or yes-no";
            case OTHER_KIND -> "the kind of “" + name + "” cannot change; make another field";
            case ODD_CHOICES ->
                    "“%s” needs 1 to %d choices of 1 to %d characters, none of them twice"
                            .formatted(name, Fields.MOST_CHOICES, Fields.LONGEST_CHOICE);
            case CHOICES_OF_OTHER_KIND -> "only a field of kind choice has choices";
            case CHOICE_IN_USE ->
                    "“%s” of “%s” is the value of %s documents; give them another one first"
                            .formatted(given, name, takes);
            case TOO_MANY -> "a base has at most " + Fields.MOST + " fields";
            case UNKNOWN -> "the base has no field “" + name + "”";
            case LONG_TEXT ->
                    "“%s” takes a text of at most %d characters"
                            .formatted(name, BaseField.LONGEST_TEXT);
            case NO_NUMBER -> "“%s” takes a number such as 1234.5, not “%s”".formatted(name, given);
            case NO_DATE -> "“%s” takes a day such as 2026-12-31, not “%s”".formatted(name, given);
            case NO_CHOICE -> "“%s” takes one of %s, not “%s”".formatted(name, takes, given);
            case NO_TRUTH -> "“%s” takes yes or no, not “%s”".formatted(name, given);
        };
    }
}
