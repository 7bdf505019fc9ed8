package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What Dify asks of the metadata of a record.
///
/// @param operator `and` unless it is `or`
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "ExternalKnowledgeCondition")
record MetadataCondition(
        @JsonProperty("logical_operator") @Pattern(regexp = "and|or") @Nullable String operator,
        @Size(max = 50) @Nullable List<@NotNull @Valid Condition> conditions) {

    /// @param names of which one must do
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "ExternalKnowledgeComparison")
    record Condition(
            @JsonProperty("name")
                    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    @NotEmpty
                    @Size(max = 20)
                    List<@NotNull String> names,
            @JsonProperty("comparison_operator")
                    @NotNull
                    @Pattern(
                            regexp =
                                    "contains|not contains|start with|end with|is|is not|in|not in"
                                            + "|empty|not empty|=|≠|>|<|≥|≤|before|after")
                    String operator,
            @Nullable Object value) {

        boolean holds(Map<String, Object> metadata) {
            return names.stream().anyMatch(name -> holds(metadata.get(name)));
        }

        private boolean holds(@Nullable Object known) {
            return switch (operator) {
                case "empty" -> known == null;
                case "not empty" -> known != null;
                case "is not", "≠" -> !isSame(known);
                case "not contains" -> known == null || !text(known).contains(text(value));
                case "not in" -> !isOneOf(known);
                default -> known != null && compares(known);
            };
        }

        private boolean compares(Object known) {
            return switch (operator) {
                case "is", "=" -> isSame(known);
                case "contains" -> text(known).contains(text(value));
                case "start with" -> text(known).startsWith(text(value));
                case "end with" -> text(known).endsWith(text(value));
                case "in" -> isOneOf(known);
                case "before", "<" -> order(known) < 0;
                case "after", ">" -> order(known) > 0;
                case "≥" -> order(known) >= 0;
                default -> order(known) <= 0;
            };
        }

        private boolean isSame(@Nullable Object known) {
            return known != null && text(known).equals(text(value));
        }

        private boolean isOneOf(@Nullable Object known) {
            var values =
                    value instanceof Collection<?> several
                            ? several
                            : List.of(text(value).split("\\s*,\\s*"));
            return known != null && values.stream().anyMatch(one -> text(one).equals(text(known)));
        }

        /// By number where both are numbers, by time where both are times.
        private int order(Object known) {
            if (known instanceof Number number) {
                return Double.compare(number.doubleValue(), number(value));
            }
            try {
                return Instant.parse(known.toString()).compareTo(moment(value));
            } catch (DateTimeException _) {
                throw unusable();
            }
        }

        private double number(@Nullable Object given) {
            try {
                return Double.parseDouble(text(given));
            } catch (NumberFormatException _) {
                throw unusable();
            }
        }

        /// A moment, a day, or seconds since 1970.
        private Instant moment(@Nullable Object given) {
            if (given instanceof Number seconds) {
                return Instant.ofEpochSecond(seconds.longValue());
            }
            var written = String.valueOf(given).strip();
            return written.length() == "2026-01-01".length()
                    ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(written);
        }

        private Refused unusable() {
            return new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "The value of \"" + operator + "\" is no number and no date.",
                    "metadata_condition");
        }

        private static String text(@Nullable Object value) {
            return value == null ? "" : value.toString().strip().toLowerCase(Locale.ROOT);
        }
    }

    boolean holds(Map<String, Object> metadata) {
        if (conditions == null || conditions.isEmpty()) {
            return true;
        }
        return "or".equals(operator)
                ? conditions.stream().anyMatch(condition -> condition.holds(metadata))
                : conditions.stream().allMatch(condition -> condition.holds(metadata));
    }
}
