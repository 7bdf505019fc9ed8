package io.zhiwen.library;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps what each document says of its rights as folders and documents move: those of its own, or
/// of the nearest folder above that has some. Called in the transaction of the move.
@Component
final class AclPlaces {

    private static final String TREE =
            """
            with recursive tree as (
                select id, own_acl_id as own, own_acl_id as acl, null::bigint as above
                from folder where knowledge_base_id = :base and parent_id is null
                union all
                select f.id, f.own_acl_id, coalesce(f.own_acl_id, t.acl), t.acl
                from folder f join tree t on f.parent_id = t.id)
            """;

    /// What came in an archive or a mail has the rights of that, unless it has some of its own.
    private static final String DOCUMENTS =
            """
            , document_place as (
                select d.id, d.own_acl_id as own, coalesce(d.own_acl_id, t.acl) as acl,
                    t.acl as above
                from document d left join tree t on t.id = d.folder_id
                where d.knowledge_base_id = :base and d.deleted_at is null
                  and d.parent_id is null
                union all
                select c.id, c.own_acl_id, coalesce(c.own_acl_id, p.acl), p.acl
                from document c join document_place p on c.parent_id = p.id
                where c.deleted_at is null)
            """;

    private final JdbcClient db;

    AclPlaces(JdbcClient db) {
        this.db = db;
    }

    /// Indexes hear of every document whose rights are others now; the store knows them at once.
    void follow(KnowledgeBaseId base) {
        run(
                base,
                DOCUMENTS
                        + """
                , changed as (
                    update document d set acl_id = p.acl from document_place p
                    where p.id = d.id and d.acl_id is distinct from p.acl
                    returning d.id, d.live_version)
                insert into index_change (document_id, version, acl_only)
                select id, live_version, true from changed where live_version is not null
                """);
        run(
                base,
                DOCUMENTS
                        + """
                , placed as (
                    select own as id, above from tree where own is not null
                    union all
                    select own, above from document_place where own is not null)
                update acl a set parent_id = p.above from placed p
                where p.id = a.id and a.parent_id is distinct from p.above
                """);
        db.sql(
                        """
                        delete from acl a where a.knowledge_base_id = :base
                          and not exists (select 1 from folder f where f.own_acl_id = a.id)
                          and not exists (select 1 from document d where d.own_acl_id = a.id)
                          and not exists (select 1 from document d where d.acl_id = a.id)
                          and not exists (select 1 from acl inner_one where inner_one.parent_id = a.id)
                        """)
                .param("base", base.value())
                .update();
    }

    private void run(KnowledgeBaseId base, String sql) {
        db.sql(TREE + sql).param("base", base.value()).update();
    }
}
