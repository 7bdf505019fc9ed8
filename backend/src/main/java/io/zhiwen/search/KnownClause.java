package io.zhiwen.search;

import io.zhiwen.library.FileTypes;
import java.util.Locale;
import java.util.Objects;

/// Writes a comparison with something known by its name.
final class KnownClause {

    private static final String PASSAGES =
            "from chunk c where c.document_id = d.id and c.version = d.live_version";

    private final Clauses clauses;

    KnownClause(Clauses clauses) {
        this.clauses = clauses;
    }

    /// Of a passage's, whether the document has such a passage.
    String of(Known known) {
        if (known.isOfPassages()) {
            var row = passage(known.name());
            return "exists (select %s and exists (select from (%s) k where %s) is %s)"
                    .formatted(PASSAGES, row, holds(known), !known.operator().isDenial());
        }
        return "exists (select from (%s) k where %s) is %s"
                .formatted(source(known.name()), holds(known), !known.operator().isDenial());
    }

    /// Of a row `k` with a text `x`, a number `n` and a time `t`; of denials, what they deny.
    private String holds(Known known) {
        return switch (known.operator()) {
            case EMPTY, NOT_EMPTY -> "k.x <> ''";
            case IS, IS_NOT -> "lower(k.x) = any(%s)".formatted(clauses.lower(known.values()));
            case CONTAINS, NOT_CONTAINS -> "strpos(lower(k.x), %s) > 0".formatted(text(known));
            case STARTS -> "starts_with(lower(k.x), %s)".formatted(text(known));
            case ENDS ->
                    "right(lower(k.x), length(%1$s)) = %1$s and k.x is not null"
                            .formatted(text(known));
            case LESS -> order(known, "<");
            case MORE -> order(known, ">");
            case AT_LEAST -> order(known, ">=");
            case AT_MOST -> order(known, "<=");
        };
    }

    private String text(Known known) {
        return clauses.bound(known.values().isEmpty() ? "" : known.values().getFirst()) + "::text";
    }

    private String order(Known known, String sign) {
        var number = known.number();
        var moment = known.moment();
        var numbers = number == null ? "false" : "k.n %s %s".formatted(sign, clauses.bound(number));
        return moment == null
                ? numbers
                : "coalesce(%s, false) or k.t %s %s"
                        .formatted(numbers, sign, clauses.moment(moment));
    }

    private static String passage(String name) {
        return switch (name) {
            case "language" -> text("lower(c.language)");
            case "page" -> row("c.page::text", "c.page::numeric", "null::timestamptz");
            case "sheet" -> text("c.sheet");
            default -> text("nullif(array_to_string(c.heading_path, ' > '), '')");
        };
    }

    private String source(String name) {
        return switch (name) {
            case "document_id" -> text("d.id::text");
            case "document_name" -> text("d.name");
            case "knowledge_base_id" -> text("d.knowledge_base_id::text");
            case "knowledge_base_name" ->
                    text("(select b.name from knowledge_base b where b.id = d.knowledge_base_id)");
            case "type" -> text("nullif(%s, '')".formatted(FileTypes.sql("d.live_media_type")));
            case "uploaded_at" ->
                    row("d.live_uploaded_at::text", "null::numeric", "d.live_uploaded_at");
            case "tags" -> text("unnest(d.tags)");
            case "folder" -> text(FolderPath.JOINED);
            case "owner" -> text("(select u.name from app_user u where u.id = d.owner_id)");
            default ->
                    row(
                                    """
                                    coalesce(p.text_value, trim_scale(p.number_value)::text,
                                        p.date_value::text, case p.truth when true then 'true'
                                        else 'false' end)""",
                                    "p.number_value",
                                    "p.date_value::timestamp at time zone 'UTC'")
                            + " from document_field p join base_field f on f.id = p.field_id"
                            + " where p.document_id = d.id and lower(f.name) = "
                            + clauses.bound(Objects.requireNonNull(name).toLowerCase(Locale.ROOT));
        };
    }

    private static String text(String text) {
        return row(text, "null::numeric", "null::timestamptz");
    }

    private static String row(String text, String number, String time) {
        return "select %s as x, %s as n, %s as t".formatted(text, number, time);
    }
}
