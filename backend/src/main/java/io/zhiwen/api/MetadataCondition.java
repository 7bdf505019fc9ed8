package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.search.Condition;
import io.zhiwen.search.Filter;
import io.zhiwen.search.Hit;
import io.zhiwen.search.Known;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What Dify asks of the metadata of a record.
///
/// @param operator `and` unless it is `or`
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "ExternalKnowledgeCondition")
record MetadataCondition(
        @JsonProperty("logical_operator") @Pattern(regexp = "and|or") @Nullable String operator,
        @Size(max = 50) @Nullable List<@NotNull @Valid Comparison> conditions) {

    /// @param names of which one must do
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "ExternalKnowledgeComparison")
    record Comparison(
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

        List<Known> known() {
            var compares = Known.Operator.named(operator).orElseThrow();
            var number = number();
            var moment = moment();
            if (compares.isOrder() && number == null && moment == null) {
                throw unusable();
            }
            return names.stream()
                    .map(name -> new Known(name, compares, values(), number, moment))
                    .toList();
        }

        private List<String> values() {
            if (!operator.endsWith("in")) {
                return List.of(value == null ? "" : value.toString());
            }
            return value instanceof Collection<?> several
                    ? several.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(value).split("\\s*,\\s*"));
        }

        private @Nullable BigDecimal number() {
            try {
                return value == null ? null : new BigDecimal(value.toString().strip());
            } catch (NumberFormatException _) {
                return null;
            }
        }

        /// A moment, a day, or seconds since 1970.
        private @Nullable Instant moment() {
            if (value instanceof Number seconds) {
                return Instant.ofEpochSecond(seconds.longValue());
            }
            var written = String.valueOf(value).strip();
            try {
                return written.length() == "2026-01-01".length()
                        ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(written);
            } catch (DateTimeException _) {
                return null;
            }
        }

        private Refused unusable() {
            return new Refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "The value of \"" + operator + "\" is no number and no date.",
                    "metadata_condition");
        }
    }

    /// Which documents have what is asked for, in themselves or in one of their passages.
    Filter filter() {
        List<Condition> all = listed().stream().map(MetadataCondition::condition).toList();
        return isAny() && !all.isEmpty()
                ? Filter.of(new Condition.AnyOf(all))
                : new Filter(all, Set.of());
    }

    /// Whether it asks for something that a document has in some passages and not in others.
    boolean isOfPassages() {
        return listed().stream()
                .flatMap(comparison -> comparison.known().stream())
                .anyMatch(Known::isOfPassages);
    }

    boolean holds(Hit hit) {
        var metadata = Metadata.of(hit);
        var all = listed();
        return all.isEmpty()
                || (isAny()
                        ? all.stream().anyMatch(one -> holds(one, metadata))
                        : all.stream().allMatch(one -> holds(one, metadata)));
    }

    private static boolean holds(Comparison comparison, Map<String, Object> metadata) {
        return comparison.known().stream()
                .anyMatch(known -> known.holds(Optional.ofNullable(metadata.get(known.name()))));
    }

    private static Condition condition(Comparison comparison) {
        List<Condition> known =
                comparison.known().stream().<Condition>map(Condition.Compared::new).toList();
        return known.size() == 1 ? known.getFirst() : new Condition.AnyOf(known);
    }

    private boolean isAny() {
        return "or".equals(operator);
    }

    private List<Comparison> listed() {
        return conditions == null ? List.of() : conditions;
    }
}
