package io.zhiwen.search;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.FileTypes;
import io.zhiwen.library.Folders;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what a search can be narrowed to: only what a document has that its reader may find.
@Component
public class FilterChoices {

    private static final int MOST = 500;

    private static final String FOUND =
            """
            from document d
            %s
            where d.live_version is not null and d.deleted_at is null and %s and %s
            """;

    private final ReaderDatabase readers;
    private final Access access;
    private final Folders folders;

    FilterChoices(ReaderDatabase readers, Access access, Folders folders) {
        this.readers = readers;
        this.access = access;
        this.folders = folders;
    }

    /// In these bases; in everything they may read when none is chosen.
    ///
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal may not read one of them
    public Choices of(Principal principal, Collection<KnowledgeBaseId> bases) {
        var scope = access.chosenBy(principal, bases);
        var one =
                scope.bases().size() == 1 ? List.copyOf(scope.bases()) : List.<KnowledgeBaseId>of();
        var type = FileTypes.sql("d.live_media_type");
        return readers.within(
                        scope.reach(),
                        db ->
                                new Choices(
                                        values(
                                                db,
                                                scope,
                                                "tag",
                                                "cross join unnest(d.tags) tag",
                                                ""),
                                        values(db, scope, type, "", " and " + type + " <> ''"),
                                        values(
                                                db,
                                                scope,
                                                "u.name",
                                                "join app_user u on u.id = d.owner_id",
                                                ""),
                                        List.of(),
                                        one.isEmpty() ? List.of() : fields(db, scope)))
                .in(one.stream().flatMap(base -> folders.all(scope, base).stream()).toList());
    }

    /// Those of most documents first.
    private static List<String> values(
            JdbcClient db, Scope scope, String value, String join, String more) {
        return db.sql(
                        "select "
                                + value
                                + " as value "
                                + FOUND.formatted(join, Reach.CLAUSE, Reach.IN_FORCE)
                                + more
                                + " group by 1 order by count(*) desc, 1 limit "
                                + MOST)
                .params(scope.reach().parameters())
                .query(String.class)
                .list();
    }

    private static List<Choices.FieldChoice> fields(JdbcClient db, Scope scope) {
        return db.sql(
                        """
                        select f.id, f.name, f.kind, coalesce(array_agg(distinct x.text_value
                            order by x.text_value) filter (where f.kind = 'choice'), '{}') as used
                        """
                                + FOUND.formatted(
                                        """
                                        join document_field x on x.document_id = d.id
                                        join base_field f on f.id = x.field_id
                                        """,
                                        Reach.CLAUSE,
                                        Reach.IN_FORCE)
                                + " group by f.id, f.name, f.kind, f.position"
                                + " order by f.position, f.name")
                .params(scope.reach().parameters())
                .query(
                        (row, _) ->
                                new Choices.FieldChoice(
                                        row.getObject("id", UUID.class),
                                        row.getString("name"),
                                        row.getString("kind"),
                                        List.of((String[]) row.getArray("used").getArray())))
                .list();
    }
}
