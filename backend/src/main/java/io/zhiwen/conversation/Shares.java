package io.zhiwen.conversation;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Links under which others who are signed in read a chat as it was when it was shared, each with
/// their own rights. Safe for concurrent use.
@Component
public class Shares {

    private record Shared(UUID owner, UUID chat, OffsetDateTime at) {}

    private final JdbcClient db;
    private final ConversationStore store;
    private final MessageStore messages;
    private final Access access;
    private final ChatActs acts;

    Shares(
            JdbcClient db,
            ConversationStore store,
            MessageStore messages,
            Access access,
            ChatActs acts) {
        this.db = db;
        this.store = store;
        this.messages = messages;
        this.access = access;
        this.acts = acts;
    }

    /// Shares a chat of this user as it is now; the link of an earlier time stays the same.
    ///
    /// @return the id of the link
    /// @throws NoSuchConversation when it is not this user's
    public UUID share(Principal.User user, UUID chat) {
        if (!acts.did(user, "conversation.share", chat, () -> shared(user.id(), chat))) {
            throw new NoSuchConversation(chat);
        }
        return db.sql("select id from conversation_share where conversation_id = :chat")
                .param("chat", chat)
                .query(UUID.class)
                .single();
    }

    private boolean shared(UUID user, UUID chat) {
        return db.sql(
                                """
                                insert into conversation_share (id, conversation_id)
                                select :id, id from conversation where id = :chat and user_id = :user
                                on conflict (conversation_id) do update set shared_at = now()""")
                        .param("id", UUID.randomUUID())
                        .param("chat", chat)
                        .param("user", user)
                        .update()
                > 0;
    }

    /// The link leads nowhere from now on; nothing happens when there is none.
    public void revoke(Principal.User user, UUID chat) {
        acts.did(user, "conversation.unshare", chat, () -> revoked(user.id(), chat));
    }

    private boolean revoked(UUID user, UUID chat) {
        return db.sql(
                                """
                                delete from conversation_share s using conversation c
                                where c.id = s.conversation_id and c.id = :chat and c.user_id = :user""")
                        .param("chat", chat)
                        .param("user", user)
                        .update()
                > 0;
    }

    /// Which chats of this user have a link.
    public Set<UUID> of(UUID user) {
        return new HashSet<>(
                db.sql(
                                """
                                select conversation_id from conversation_share s
                                join conversation c on c.id = s.conversation_id
                                where c.user_id = :user""")
                        .param("user", user)
                        .query(UUID.class)
                        .list());
    }

    /// The chat behind a link, without what was said since it was shared; what rests on bases this
    /// reader may not read is withheld.
    public Optional<Conversation> open(Principal.User reader, UUID link) {
        return db.sql(
                        """
                        select c.user_id as owner, c.id as chat, s.shared_at as at
                        from conversation_share s join conversation c on c.id = s.conversation_id
                        join app_user u on u.id = c.user_id and u.enabled
                        where s.id = :link""")
                .param("link", link)
                .query(Shared.class)
                .optional()
                .flatMap(shared -> opened(reader, shared));
    }

    private Optional<Conversation> opened(Principal.User reader, Shared shared) {
        var said =
                messages.of(shared.chat()).stream()
                        .filter(one -> !one.createdAt().isAfter(shared.at().toInstant()))
                        .filter(one -> one.state() != Message.State.RUNNING)
                        .toList();
        return store.find(shared.owner(), shared.chat())
                .map(
                        row ->
                                new Conversation(
                                        row,
                                        Withholding.apply(
                                                said, access.everythingFor(reader), access)));
    }
}
