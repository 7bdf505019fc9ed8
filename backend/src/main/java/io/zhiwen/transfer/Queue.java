package io.zhiwen.transfer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sets the product to work on what was imported.
final class Queue {

    private Queue() {}

    /// Documents that were in work are queued anew, and indexes are told of those that are live.
    ///
    /// @param base the base they are in; null for all
    static void fill(JdbcClient db, @Nullable UUID base) {
        db.sql(
                        """
                        with queued as (
                            update document_version v
                            set status = 'queued', queued_at = now(), job = gen_random_uuid(),
                                progress_done = 0, progress_total = 0, tries = 0, failures = 0,
                                attempt = v.attempt + 1
                            from document d
                            where d.id = v.document_id and d.deleted_at is null
                              and v.status in ('queued', 'parsing', 'embedding')
                              and (:base::uuid is null or d.knowledge_base_id = :base::uuid)
                            returning v.job)
                        insert into scheduled_tasks
                            (task_name, task_instance, execution_time, picked, version)
                        select 'ingest', job::text, now(), false, 1 from queued
                        """)
                .param("base", base, java.sql.Types.OTHER)
                .update();
        db.sql(
                        """
                        insert into index_change (document_id, version)
                        select id, live_version from document
                        where live_version is not null and deleted_at is null
                          and (:base::uuid is null or knowledge_base_id = :base::uuid)
                        """)
                .param("base", base, java.sql.Types.OTHER)
                .update();
    }
}
