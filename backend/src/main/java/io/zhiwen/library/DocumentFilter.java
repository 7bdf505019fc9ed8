package io.zhiwen.library;

import io.zhiwen.ingest.store.Reach;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which documents of a base; all of what is said must hold.
///
/// @param words that the name has; empty for all
/// @param tag empty for all
/// @param owner name or id of who answers for it; empty for all
public record DocumentFilter(
        String words,
        String tag,
        Listing.@Nullable State state,
        String owner,
        List<FieldFilter> fields) {

    public static final DocumentFilter NONE = new DocumentFilter("", "", null, "", List.of());

    public DocumentFilter {
        words = words.replace('\0', ' ').strip();
        tag = tag.replace('\0', ' ').strip();
        owner = owner.replace('\0', ' ').strip();
        fields = List.copyOf(fields);
    }

    boolean isEmpty() {
        return equals(NONE);
    }

    /// Of a row `d` of `document`, by the parameters of `parameters` and of `Shown`.
    String condition() {
        var sql = new StringBuilder();
        if (!words.isEmpty()) {
            sql.append(" and strpos(lower(d.name), lower(:words)) > 0");
        }
        if (!tag.isEmpty()) {
            sql.append(" and :tag = any(d.tags)");
        }
        if (!owner.isEmpty()) {
            sql.append(
                    """
                     and d.owner_id in (select o.id from app_user o
                        where lower(o.name) = lower(:owner) or o.id::text = :owner)\
                    """);
        }
        if (state == Listing.State.OUT_OF_USE) {
            sql.append(" and not ").append(Reach.IN_FORCE);
        } else if (state != null) {
            sql.append(
                    """
                     and exists (select 1 from document_version v
                        where v.document_id = d.id and v.version = %s
                          and v.status %s)\
                    """
                            .formatted(
                                    Shown.NEWEST,
                                    switch (state) {
                                        case READY -> "= 'ready'";
                                        case FAILED -> "= 'failed'";
                                        case HELD -> "= 'held'";
                                        default -> "in ('queued', 'parsing', 'embedding')";
                                    }));
        }
        for (int i = 0; i < fields.size(); i++) {
            sql.append(condition(fields.get(i), i));
        }
        return sql.toString();
    }

    Map<String, Object> parameters() {
        Map<String, Object> all = new HashMap<>();
        if (!words.isEmpty()) {
            all.put("words", words);
        }
        if (!tag.isEmpty()) {
            all.put("tag", tag);
        }
        if (!owner.isEmpty()) {
            all.put("owner", owner);
        }
        for (int i = 0; i < fields.size(); i++) {
            put(all, fields.get(i), i);
        }
        return all;
    }

    private static String condition(FieldFilter filter, int number) {
        String column =
                switch (filter.field().kind()) {
                    case TEXT, CHOICE -> "v.text_value";
                    case NUMBER -> "v.number_value";
                    case DATE -> "v.date_value";
                    case YES_NO -> "v.truth";
                };
        String test =
                switch (filter) {
                    case FieldFilter.Has _ ->
                            "strpos(lower(%s), lower(:value%d)) > 0".formatted(column, number);
                    case FieldFilter.Is _ -> "%s = :value%d".formatted(column, number);
                    case FieldFilter.Between(_, var from, var until) ->
                            column
                                    + " is not null"
                                    + (from == null
                                            ? ""
                                            : " and %s >= :value%d".formatted(column, number))
                                    + (until == null
                                            ? ""
                                            : " and %s <= :until%d".formatted(column, number));
                };
        return """
                 and d.id in (
                    select v.document_id from document_field v
                    where v.field_id = :field%d and %s)\
                """
                .formatted(number, test);
    }

    private static void put(Map<String, Object> all, FieldFilter filter, int number) {
        all.put("field" + number, filter.field().id().value());
        switch (filter) {
            case FieldFilter.Has(_, var words) -> all.put("value" + number, words);
            case FieldFilter.Is(_, var value) -> all.put("value" + number, parameter(value));
            case FieldFilter.Between(_, var from, var until) -> {
                if (from != null) {
                    all.put("value" + number, parameter(from));
                }
                if (until != null) {
                    all.put("until" + number, parameter(until));
                }
            }
        }
    }

    private static Object parameter(FieldValue value) {
        return switch (value) {
            case FieldValue.Text(var text) -> text;
            case FieldValue.Amount(var number) -> number;
            case FieldValue.Day(var day) -> day;
            case FieldValue.Truth(var truth) -> truth;
        };
    }
}
