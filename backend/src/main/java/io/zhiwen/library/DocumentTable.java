package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Documents of a base page by page, in any order. Which rows a page has is decided over the
/// documents alone; only those are then read whole, so that a page costs the same in a large base.
@Component
public class DocumentTable {

    private static final int MOST_TAGS = 200;
    private static final int MOST_OWNERS = 200;

    private static final String IN_BASE =
            "from document d where d.knowledge_base_id = :base and d.deleted_at is null and "
                    + Reach.CLAUSE
                    + " and "
                    + Shown.DOCUMENT;

    private static final String BELOW =
            """
             and d.folder_id in (
                with recursive below as (
                    select id from folder where id = :folder
                    union all
                    select f.id from folder f join below on f.parent_id = below.id)
                select id from below)\
            """;

    private final ReaderDatabase readers;
    private final Documents documents;

    DocumentTable(ReaderDatabase readers, Documents documents) {
        this.readers = readers;
        this.documents = documents;
    }

    public ListedPage page(Scope scope, KnowledgeBaseId base, Listing listing) {
        if (!scope.allows(base)) {
            return new ListedPage(List.of(), 0);
        }
        var filter = listing.filter();
        var folder = listing.folder();
        String found = IN_BASE + placed(listing) + filter.condition();
        String direction = listing.descending() ? " desc" : "";
        List<DocumentId> ids =
                readers.within(
                        scope.reach(),
                        db ->
                                with(
                                                db.sql(
                                                        "select d.id %s order by %s%s, d.id%s limit :size offset :from"
                                                                .formatted(
                                                                        found,
                                                                        listing.order().sql(),
                                                                        direction,
                                                                        direction)),
                                                scope,
                                                base,
                                                folder,
                                                filter)
                                        .param("size", listing.size())
                                        .param("from", (long) (listing.page() - 1) * listing.size())
                                        .query(
                                                (row, _) ->
                                                        new DocumentId(
                                                                row.getObject(1, UUID.class)))
                                        .list());
        long total =
                readers.within(
                        scope.reach(),
                        db ->
                                with(
                                                db.sql("select count(*) " + found),
                                                scope,
                                                base,
                                                folder,
                                                filter)
                                        .query(Long.class)
                                        .single());
        return new ListedPage(documents.each(scope, ids), total);
    }

    /// All that the listing shows on all of its pages, in no order.
    public List<DocumentId> all(Scope scope, KnowledgeBaseId base, Listing listing) {
        return scope.allows(base)
                ? readers.within(
                        scope.reach(),
                        db ->
                                with(
                                                db.sql(
                                                        "select d.id "
                                                                + IN_BASE
                                                                + placed(listing)
                                                                + listing.filter().condition()),
                                                scope,
                                                base,
                                                listing.folder(),
                                                listing.filter())
                                        .query(
                                                (row, _) ->
                                                        new DocumentId(
                                                                row.getObject(1, UUID.class)))
                                        .list())
                : List.of();
    }

    /// @throws IllegalArgumentException when its cursor is not one of ours, or of another order
    public DocumentPage stretch(Scope scope, KnowledgeBaseId base, Stretch stretch) {
        if (!scope.allows(base)) {
            return new DocumentPage(List.of(), null);
        }
        String written = stretch.cursor();
        var behind = written == null ? null : Cursor.read(written, stretch);
        String sql =
                "select d.id, %1$s as key %2$s%3$s%4$s%5$s order by %1$s%6$s, d.id%6$s limit :limit"
                        .formatted(
                                stretch.order().sql(),
                                IN_BASE,
                                stretch.folder() == null ? "" : BELOW,
                                stretch.filter().condition(),
                                behind == null ? "" : behind(stretch),
                                stretch.descending() ? " desc" : "");
        List<Cursor> places =
                readers.within(
                        scope.reach(),
                        db -> {
                            var all =
                                    with(
                                                    db.sql(sql),
                                                    scope,
                                                    base,
                                                    stretch.folder(),
                                                    stretch.filter())
                                            .param("limit", stretch.limit() + 1);
                            if (behind != null) {
                                all = all.param("key", behind.key()).param("id", behind.id());
                            }
                            return all.query((row, _) -> Cursor.at(stretch, row)).list();
                        });
        var page = places.subList(0, Math.min(stretch.limit(), places.size()));
        return new DocumentPage(
                documents.each(scope, page.stream().map(at -> new DocumentId(at.id())).toList()),
                places.size() > stretch.limit() ? page.getLast().write() : null);
    }

    /// The tags of a base's documents, by name.
    public List<String> tags(Scope scope, KnowledgeBaseId base) {
        return words(
                scope,
                base,
                """
                select distinct tag from (select distinct d.tags %s) used, unnest(used.tags) tag
                order by tag limit :most
                """
                        .formatted(IN_BASE),
                MOST_TAGS);
    }

    /// Who answers for documents of a base, by name.
    public List<String> owners(Scope scope, KnowledgeBaseId base) {
        return words(
                scope,
                base,
                """
                select name from app_user where id in (
                    select d.owner_id %s and d.owner_id is not null)
                order by lower(name) limit :most
                """
                        .formatted(IN_BASE),
                MOST_OWNERS);
    }

    private List<String> words(Scope scope, KnowledgeBaseId base, String sql, int most) {
        return scope.allows(base)
                ? readers.within(
                        scope.reach(),
                        db ->
                                db.sql(sql)
                                        .params(Shown.parameters(scope))
                                        .param("base", base.value())
                                        .param("most", most)
                                        .query(String.class)
                                        .list())
                : List.of();
    }

    private static String placed(Listing listing) {
        boolean inFolder = listing.folder() != null;
        if (listing.isSearch()) {
            return inFolder ? BELOW : "";
        }
        return " and d.parent_id is null and d.folder_id " + (inFolder ? "= :folder" : "is null");
    }

    private static String behind(Stretch stretch) {
        return " and (%s, d.id) %s (:key, :id)"
                .formatted(stretch.order().sql(), stretch.descending() ? "<" : ">");
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec sql,
            Scope scope,
            KnowledgeBaseId base,
            @Nullable FolderId folder,
            DocumentFilter filter) {
        var all =
                sql.param("base", base.value())
                        .params(Shown.parameters(scope))
                        .params(filter.parameters());
        return folder == null ? all : all.param("folder", folder.value());
    }
}
