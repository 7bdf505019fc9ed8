package io.zhiwen.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.zhiwen.search.Condition;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a field of a base must hold: one way of asking.
@Schema(name = "FieldFilter")
record FieldJson(
        @NotBlank
                @Size(max = FilterJson.LONGEST)
                @Schema(description = "The field, by its name or id.", example = "Department")
                String name,
        @ArraySchema(
                        arraySchema =
                                @Schema(
                                        description =
                                                "One of these texts, choices, numbers or days."))
                @JsonProperty("any")
                @Size(max = 100)
                @Nullable List<@NotNull Object> any,
        @Schema(description = "A text that has this in it, whatever its case.")
                @Size(min = 1, max = FilterJson.LONGEST)
                @Nullable String contains,
        @Schema(description = "A number or a day (`2026-01-31`), included.") @Nullable Object from,
        @Schema(description = "A number or a day (`2026-01-31`), included.") @Nullable Object to,
        @Schema(description = "Yes or no.") @Nullable Boolean is) {

    Condition condition(String member) {
        long ways =
                Stream.of(any != null, contains != null, from != null || to != null, is != null)
                        .filter(given -> given)
                        .count();
        if (ways != 1) {
            throw Moments.wrong(
                    member, "A field is asked for by one of any, contains, from and to, is.");
        }
        return new Condition.InField(name, value(member), member);
    }

    private Condition.Value value(String member) {
        if (any != null) {
            return new Condition.OneOf(
                    any.stream().map(FieldJson::text).collect(Collectors.toSet()));
        }
        if (contains != null) {
            return new Condition.Contains(contains);
        }
        if (is != null) {
            return new Condition.Truth(is);
        }
        if (isNumber(from) && isNumber(to)) {
            return new Condition.Numbers(number(from), number(to));
        }
        if (from instanceof Number || to instanceof Number) {
            throw Moments.wrong(member, "from and to are two numbers or two days.");
        }
        return new Condition.Days(
                from == null ? null : Moments.day(from.toString(), member + ".from"),
                to == null ? null : Moments.day(to.toString(), member + ".to"));
    }

    private static boolean isNumber(@Nullable Object bound) {
        return bound == null || bound instanceof Number;
    }

    private static @Nullable BigDecimal number(@Nullable Object bound) {
        return bound == null ? null : new BigDecimal(bound.toString());
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean yes -> yes ? "yes" : "no";
            case Number number ->
                    new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }
}
