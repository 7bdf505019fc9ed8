package io.zhiwen.library;

import java.math.BigDecimal;
import java.time.LocalDate;

/// What a document has in a field.
public sealed interface FieldValue {

    /// A text, or one of the choices.
    record Text(String text) implements FieldValue {

        @Override
        public Object plain() {
            return text;
        }
    }

    record Amount(BigDecimal number) implements FieldValue {

        @Override
        public String text() {
            return number.toPlainString();
        }

        @Override
        public Object plain() {
            return number;
        }
    }

    record Day(LocalDate date) implements FieldValue {

        @Override
        public String text() {
            return date.toString();
        }

        @Override
        public Object plain() {
            return date.toString();
        }
    }

    record Truth(boolean isTrue) implements FieldValue {

        @Override
        public String text() {
            return isTrue ? "yes" : "no";
        }

        @Override
        public Object plain() {
            return isTrue;
        }
    }

    /// What `text` of a value of this kind wrote.
    static FieldValue of(FieldKind kind, String text) {
        return switch (kind) {
            case TEXT, CHOICE -> new Text(text);
            case NUMBER -> new Amount(new BigDecimal(text));
            case DATE -> new Day(LocalDate.parse(text));
            case YES_NO -> new Truth(text.equals("yes"));
        };
    }

    /// As forms write it, and as a field reads it again.
    String text();

    /// As JSON has it: a text, a number or a truth.
    Object plain();
}
