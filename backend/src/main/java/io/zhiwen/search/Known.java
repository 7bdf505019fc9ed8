package io.zhiwen.search;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A comparison with what is known of a document by name, as other systems ask for it. Texts are
/// compared without case. What has several values, as tags do, compares when one of them does, and
/// is not something when none of them is. A name that nothing is known by is empty.
///
/// @param name one of `Metadata`'s, or a field of a base
/// @param values lower case
/// @param number to compare numbers with; null where there is none
/// @param moment to compare times with; null where there is none
public record Known(
        String name,
        Operator operator,
        List<String> values,
        @Nullable BigDecimal number,
        @Nullable Instant moment) {

    /// Of one passage, and not of a whole document.
    private static final Set<String> OF_PASSAGES = Set.of("language", "page", "sheet", "heading");

    public enum Operator {
        CONTAINS,
        NOT_CONTAINS,
        STARTS,
        ENDS,
        IS,
        IS_NOT,
        EMPTY,
        NOT_EMPTY,
        LESS,
        MORE,
        AT_LEAST,
        AT_MOST;

        /// As Dify writes it.
        public static Optional<Operator> named(String word) {
            return switch (word) {
                case "contains" -> Optional.of(CONTAINS);
                case "not contains" -> Optional.of(NOT_CONTAINS);
                case "start with" -> Optional.of(STARTS);
                case "end with" -> Optional.of(ENDS);
                case "is", "=", "in" -> Optional.of(IS);
                case "is not", "≠", "not in" -> Optional.of(IS_NOT);
                case "empty" -> Optional.of(EMPTY);
                case "not empty" -> Optional.of(NOT_EMPTY);
                case "<", "before" -> Optional.of(LESS);
                case ">", "after" -> Optional.of(MORE);
                case "≥" -> Optional.of(AT_LEAST);
                case "≤" -> Optional.of(AT_MOST);
                default -> Optional.empty();
            };
        }

        /// Whether it holds where its opposite holds for nothing.
        boolean isDenial() {
            return this == IS_NOT || this == NOT_CONTAINS || this == EMPTY;
        }

        public boolean isOrder() {
            return this == LESS || this == MORE || this == AT_LEAST || this == AT_MOST;
        }
    }

    public Known {
        values = values.stream().map(value -> value.strip().toLowerCase(Locale.ROOT)).toList();
    }

    /// Of what is known of one passage.
    ///
    /// @param known a text, a number, a time or several texts
    public boolean holds(Optional<Object> known) {
        boolean found =
                known.stream()
                        .flatMap(
                                one ->
                                        one instanceof Collection<?> several
                                                ? several.stream()
                                                : Stream.of(one))
                        .anyMatch(this::compares);
        return found != operator.isDenial();
    }

    /// Of denials, what they deny.
    private boolean compares(Object known) {
        var text = known.toString().strip().toLowerCase(Locale.ROOT);
        return switch (operator) {
            case EMPTY, NOT_EMPTY -> !text.isEmpty();
            case IS, IS_NOT -> values.contains(text);
            case CONTAINS, NOT_CONTAINS -> text.contains(first());
            case STARTS -> text.startsWith(first());
            case ENDS -> text.endsWith(first());
            case LESS -> order(known).map(sign -> sign < 0).orElse(false);
            case MORE -> order(known).map(sign -> sign > 0).orElse(false);
            case AT_LEAST -> order(known).map(sign -> sign >= 0).orElse(false);
            case AT_MOST -> order(known).map(sign -> sign <= 0).orElse(false);
        };
    }

    private String first() {
        return values.isEmpty() ? "" : values.getFirst();
    }

    /// By number where both are numbers, by time where both are times.
    private Optional<Integer> order(Object known) {
        if (known instanceof Number one) {
            return Optional.ofNullable(number)
                    .map(other -> new BigDecimal(one.toString()).compareTo(other));
        }
        try {
            var at =
                    known instanceof LocalDate day
                            ? day.atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(known.toString());
            return Optional.ofNullable(moment).map(at::compareTo);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Whether a passage must be looked at, and not its document alone.
    public boolean isOfPassages() {
        return OF_PASSAGES.contains(name);
    }
}
