package io.zhiwen.library;

import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes away files of chats that are older than they are kept, and those of chats that are gone,
/// unless a chat branched off them goes on with them.
@Component
final class AttachmentExpiry {

    private final JdbcClient db;
    private final Supplier<Retention> retention;

    AttachmentExpiry(JdbcClient db, Supplier<Retention> retention) {
        this.db = db;
        this.retention = retention;
    }

    void run() {
        db.sql(
                        """
                        with gone as (
                            update knowledge_base b set deleted_at = now()
                            where chat_only and deleted_at is null and conversation_id is null
                                and not exists (
                                    select 1 from document d
                                    join conversation_file f on f.document_id = d.id
                                    where d.knowledge_base_id = b.id and d.deleted_at is null)
                            returning id),
                        dead as (
                            update document set deleted_at = now(), updated_at = now()
                            where deleted_at is null and (
                                knowledge_base_id in (select id from gone)
                                or knowledge_base_id in (
                                    select id from knowledge_base
                                    where chat_only and conversation_id is null)
                                    and id not in (select document_id from conversation_file)
                                or created_at < now() - make_interval(secs => :seconds)
                                    and knowledge_base_id in (
                                        select id from knowledge_base where chat_only))
                            returning id)
                        insert into index_change (document_id, version) select id, null from dead
                        """)
                .param("seconds", retention.get().attached().toSeconds())
                .update();
    }
}
