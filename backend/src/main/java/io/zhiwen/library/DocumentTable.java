package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Documents of a base page by page, in any order. Which rows a page has is decided over the
/// documents alone; only those are then read whole, so that a page costs the same in a large base.
@Component
public class DocumentTable {

    private static final int MOST_TAGS = 200;

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
        String found =
                "from document d where d.knowledge_base_id = :base and "
                        + Reach.CLAUSE
                        + filter(listing);
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
                                                listing)
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
                                with(db.sql("select count(*) " + found), scope, base, listing)
                                        .query(Long.class)
                                        .single());
        return new ListedPage(documents.each(scope, ids), total);
    }

    /// The tags of a base's documents, by name.
    public List<String> tags(Scope scope, KnowledgeBaseId base) {
        if (!scope.allows(base)) {
            return List.of();
        }
        return readers.within(
                scope.reach(),
                db ->
                        db.sql(
                                        """
                        select distinct tag from (
                            select distinct d.tags from document d
                            where d.knowledge_base_id = :base and d.deleted_at is null and %s
                        ) used, unnest(used.tags) tag
                        order by tag limit :most
                        """
                                                .formatted(Reach.CLAUSE))
                                .params(scope.reach().parameters())
                                .param("base", base.value())
                                .param("most", MOST_TAGS)
                                .query(String.class)
                                .list());
    }

    private static String filter(Listing listing) {
        var sql = new StringBuilder(" and d.deleted_at is null");
        if (!listing.isSearch()) {
            sql.append(
                    listing.folder() == null
                            ? " and d.parent_id is null and d.folder_id is null"
                            : " and d.parent_id is null and d.folder_id = :folder");
        } else if (listing.folder() != null) {
            sql.append(
                    """
                     and d.folder_id in (
                        with recursive below as (
                            select id from folder where id = :folder
                            union all
                            select f.id from folder f join below on f.parent_id = below.id)
                        select id from below)\
                    """);
        }
        if (!listing.words().isEmpty()) {
            sql.append(" and strpos(lower(d.name), lower(:words)) > 0");
        }
        if (!listing.tag().isEmpty()) {
            sql.append(" and :tag = any(d.tags)");
        }
        if (listing.state() == Listing.State.OUT_OF_USE) {
            sql.append(" and not ").append(Reach.IN_FORCE);
        } else if (listing.state() != null) {
            sql.append(
                    """
                     and exists (select 1 from document_version v
                        where v.document_id = d.id and v.version = d.latest_version
                          and v.status %s)\
                    """
                            .formatted(
                                    switch (listing.state()) {
                                        case READY -> "= 'ready'";
                                        case FAILED -> "= 'failed'";
                                        default -> "in ('queued', 'parsing', 'embedding')";
                                    }));
        }
        return sql.toString();
    }

    private static JdbcClient.StatementSpec with(
            JdbcClient.StatementSpec sql, Scope scope, KnowledgeBaseId base, Listing listing) {
        var all = sql.param("base", base.value()).params(scope.reach().parameters());
        if (listing.folder() != null) {
            all = all.param("folder", listing.folder().value());
        }
        if (!listing.words().isEmpty()) {
            all = all.param("words", listing.words());
        }
        return listing.tag().isEmpty() ? all : all.param("tag", listing.tag());
    }
}
