package io.zhiwen.account;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is attached to chats: to each its own base, and the files it goes on with from the chat it
/// was branched off.
final class AttachedFiles {

    private static final String OWN =
            """
            select b.id as base, c.id as chat, null::uuid as document from knowledge_base b
            join conversation c on c.id = b.conversation_id
            join app_user u on u.id = c.user_id and u.enabled
            where b.chat_only and b.deleted_at is null and c.user_id = :user
            """;

    private static final String CARRIED =
            """
            select b.id as base, c.id as chat, d.id as document from conversation_file f
            join conversation c on c.id = f.conversation_id
            join app_user u on u.id = c.user_id and u.enabled
            join document d on d.id = f.document_id and d.deleted_at is null
            join knowledge_base b on b.id = d.knowledge_base_id
            where b.chat_only and b.deleted_at is null and c.user_id = :user
            """;

    private final JdbcClient db;

    AttachedFiles(JdbcClient db) {
        this.db = db;
    }

    /// By base; all of a base where no document is named. Nothing where the chat is not theirs.
    Map<KnowledgeBaseId, Set<DocumentId>> of(Principal.User user, UUID chat) {
        Map<KnowledgeBaseId, Set<DocumentId>> files = new HashMap<>();
        db.sql(OWN + " and c.id = :chat union all " + CARRIED + " and c.id = :chat")
                .param("user", user.id())
                .param("chat", chat)
                .query(
                        row -> {
                            var base = new KnowledgeBaseId(row.getObject("base", UUID.class));
                            var document = row.getObject("document", UUID.class);
                            var named = files.computeIfAbsent(base, _ -> new HashSet<>());
                            if (document != null) {
                                named.add(new DocumentId(document));
                            }
                        });
        return files;
    }

    /// The bases of them, whole.
    Map<KnowledgeBaseId, Set<DocumentId>> ofAllChats(Principal.User user) {
        Map<KnowledgeBaseId, Set<DocumentId>> files = new HashMap<>();
        db.sql(OWN + " union all " + CARRIED)
                .param("user", user.id())
                .query(
                        row -> {
                            files.put(
                                    new KnowledgeBaseId(row.getObject("base", UUID.class)),
                                    Set.of());
                        });
        return files;
    }
}
