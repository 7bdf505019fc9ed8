package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Audit;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Files for one chat alone. They lie in a base of their own that no right reaches, admins' and
/// keys' included; they are searched in their chat, go with it, and go by themselves after a while.
/// Every method sees only the chats of the user it is given. Safe for concurrent use.
@Component
public class Attachments {

    /// Files a chat may have.
    public static final int MOST = 10;

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Access access;
    private final Uploads uploads;
    private final Documents documents;
    private final Audit audit;
    private final DocumentTable table;

    Attachments(
            JdbcClient db,
            TransactionOperations transaction,
            Access access,
            Uploads uploads,
            Documents documents,
            Audit audit,
            DocumentTable table) {
        this.db = db;
        this.transaction = transaction;
        this.access = access;
        this.uploads = uploads;
        this.documents = documents;
        this.audit = audit;
        this.table = table;
    }

    /// Keeps the file and queues the work on it, as any upload.
    ///
    /// @return empty when there is no such chat of the user
    /// @throws TooManyAttachments when it has as many as it may
    public Optional<DocumentRow> attach(
            Principal.User user, UUID chat, String fileName, InputStream bytes) throws IOException {
        Optional<KnowledgeBaseId> base = transaction.execute(_ -> baseOf(user, chat));
        if (base == null || base.isEmpty()) {
            return Optional.empty();
        }
        if (of(user, chat).size() >= MOST) {
            throw new TooManyAttachments();
        }
        return Optional.of(
                uploads.keep(
                                user,
                                new Uploads.Into(scope(user, chat), base.get(), null, false),
                                fileName,
                                bytes,
                                SameName.KEEP)
                        .document());
    }

    /// Those carried here from the chat it was branched off, then its own, as they came; none of a
    /// chat that is another's.
    public List<DocumentRow> of(Principal.User user, UUID chat) {
        Scope scope = scope(user, chat);
        if (scope.isEmpty()) {
            return List.of();
        }
        KnowledgeBaseId own = ownBase(chat).orElse(null);
        return scope.bases().stream()
                .sorted(Comparator.comparing(base -> base.equals(own)))
                .flatMap(
                        base ->
                                table
                                        .stretch(scope, base, Stretch.newest(null, MOST + 1))
                                        .items()
                                        .reversed()
                                        .stream())
                .toList();
    }

    /// Takes a file away, from the chats branched off this one too; one that was carried here stays
    /// where it was attached.
    ///
    /// @return whether there was such a file
    public boolean remove(Principal.User user, UUID chat, DocumentId document) {
        if (documents.one(scope(user, chat), document).isEmpty()) {
            return false;
        }
        return Boolean.TRUE.equals(
                transaction.execute(
                        _ -> {
                            boolean gone = letGo(chat, document) || delete(document);
                            if (gone) {
                                audit.record(
                                        user,
                                        "document.detach",
                                        DocumentChanges.object(document),
                                        Map.of());
                            }
                            return gone;
                        }));
    }

    private boolean delete(DocumentId document) {
        return db.sql(
                                """
                                with dead as (
                                    update document set deleted_at = now(), updated_at = now()
                                    where id = :id and deleted_at is null returning id)
                                insert into index_change (document_id, version)
                                select id, null from dead
                                """)
                        .param("id", document.value())
                        .update()
                > 0;
    }

    /// @return whether it was carried here
    private boolean letGo(UUID chat, DocumentId document) {
        return db.sql(
                                """
                                delete from conversation_file
                                where conversation_id = :chat and document_id = :document
                                """)
                        .param("chat", chat)
                        .param("document", document.value())
                        .update()
                > 0;
    }

    private Optional<KnowledgeBaseId> ownBase(UUID chat) {
        return db.sql(
                        """
                        select id from knowledge_base
                        where conversation_id = :chat and chat_only and deleted_at is null
                        """)
                .param("chat", chat)
                .query((row, _) -> new KnowledgeBaseId(row.getObject(1, UUID.class)))
                .optional();
    }

    private Scope scope(Principal.User user, UUID chat) {
        return access.withAttached(Scope.NOTHING, user, chat);
    }

    /// Made with the first file; the chat is locked, so that two files at once make one base.
    private Optional<KnowledgeBaseId> baseOf(Principal.User user, UUID chat) {
        boolean own =
                db.sql("select 1 from conversation where id = :chat and user_id = :user for update")
                        .param("chat", chat)
                        .param("user", user.id())
                        .query(Integer.class)
                        .optional()
                        .isPresent();
        if (!own) {
            return Optional.empty();
        }
        Optional<KnowledgeBaseId> there = ownBase(chat);
        if (there.isPresent()) {
            return there;
        }
        KnowledgeBaseId base = KnowledgeBaseId.random();
        db.sql(
                        """
                        insert into knowledge_base (id, name, created_by, chat_only, conversation_id)
                        values (:id, 'Chat', :user, true, :chat)
                        """)
                .param("id", base.value())
                .param("user", user.id())
                .param("chat", chat)
                .update();
        return Optional.of(base);
    }
}
