package io.zhiwen.search;

import io.zhiwen.library.FileTypes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes conditions as SQL about a row `d` of `document`. What people wrote is only ever a
/// parameter. For one thread.
final class Clauses {

    private final Map<String, Object> values = new HashMap<>();

    /// What the clauses written so far name.
    Map<String, Object> values() {
        return values;
    }

    /// Never null for a row.
    String all(List<Condition> conditions) {
        return joined(conditions, " and ", "true");
    }

    private String joined(List<Condition> conditions, String by, String none) {
        return conditions.isEmpty()
                ? none
                : conditions.stream()
                        .map(condition -> "coalesce((" + one(condition) + "), false)")
                        .collect(Collectors.joining(by, "(", ")"));
    }

    private String one(Condition condition) {
        return switch (condition) {
            case Condition.Tagged(var tags) -> "d.tags && " + texts(tags);
            case Condition.InFolder(var folders) ->
                    """
                    d.folder_id in (
                        with recursive below as (
                            select id from folder where id = any(%s::uuid[])
                            union
                            select f.id from folder f join below b on f.parent_id = b.id)
                        select id from below)
                    """
                            .formatted(bound(folders.toArray(UUID[]::new)));
            case Condition.OfType(var types) ->
                    "lower(%s) = any(%s)"
                            .formatted(FileTypes.sql("d.live_media_type"), lower(types));
            case Condition.Uploaded(var from, var before) ->
                    both(
                            from == null ? null : "d.live_uploaded_at >= " + moment(from),
                            before == null ? null : "d.live_uploaded_at < " + moment(before));
            case Condition.OwnedBy(var owners) ->
                    "exists (select from app_user u where u.id = d.owner_id and lower(u.name) = any(%s))"
                            .formatted(lower(owners));
            case Condition.InForceOn(var day) -> {
                var on = bound(day);
                yield "(d.valid_from is null or d.valid_from <= %1$s)"
                        .concat(" and (d.valid_until is null or d.valid_until >= %1$s)")
                        .formatted(on);
            }
            case Condition.InField(var field, var value, _) ->
                    """
                    exists (select from document_field x join base_field f on f.id = x.field_id
                        where x.document_id = d.id
                          and (lower(f.name) = %1$s or f.id::text = %1$s) and %2$s)
                    """
                            .formatted(bound(field.toLowerCase(Locale.ROOT)), value(value));
            case Condition.Compared(var known) -> new KnownClause(this).of(known);
            case Condition.AnyOf(var all) -> joined(all, " or ", "false");
        };
    }

    private String value(Condition.Value value) {
        return switch (value) {
            case Condition.OneOf(var values) ->
                    """
                    lower(coalesce(x.text_value, trim_scale(x.number_value)::text,
                        x.date_value::text, case when x.truth then 'yes' else 'no' end)) = any(%s)
                    """
                            .formatted(lower(values));
            case Condition.Contains(var text) ->
                    "strpos(lower(x.text_value), %s) > 0"
                            .formatted(bound(text.toLowerCase(Locale.ROOT)));
            case Condition.Numbers(var from, var to) -> between("x.number_value", from, to);
            case Condition.Days(var from, var to) -> between("x.date_value", from, to);
            case Condition.Truth(var truth) -> "x.truth = " + bound(truth);
        };
    }

    private String between(String what, @Nullable Object from, @Nullable Object to) {
        return both(
                from == null ? what + " is not null" : what + " >= " + bound(from),
                to == null ? null : what + " <= " + bound(to));
    }

    private static String both(@Nullable String one, @Nullable String other) {
        List<String> said = new ArrayList<>();
        for (var clause : new @Nullable String[] {one, other}) {
            if (clause != null) {
                said.add(clause);
            }
        }
        return said.isEmpty() ? "true" : String.join(" and ", said);
    }

    String moment(Instant moment) {
        return bound(moment.atOffset(ZoneOffset.UTC));
    }

    String lower(Collection<String> texts) {
        return texts(texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList());
    }

    private String texts(Collection<String> texts) {
        return bound(texts.stream().map(Clauses::clean).toArray(String[]::new)) + "::text[]";
    }

    String bound(Object value) {
        var name = "filter" + values.size();
        values.put(name, value instanceof String text ? clean(text) : value);
        return ":" + name;
    }

    /// No text of the database's has it.
    private static String clean(String text) {
        return text.replace('\0', ' ');
    }
}
