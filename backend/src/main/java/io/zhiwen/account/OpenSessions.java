package io.zhiwen.account;

import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Where people are signed in: each sees and ends their own sessions, admins everybody's. What is
/// ended is out on every node with its next request.
@Component
public final class OpenSessions {

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;
    private final Supplier<SessionSettings> settings;

    public OpenSessions(
            JdbcClient db,
            TransactionOperations transaction,
            Audit audit,
            Supplier<SessionSettings> settings) {
        this.settings = settings;
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
    }

    /// The one used last first.
    ///
    /// @throws NotAllowed when they are somebody else's and the actor is no admin
    public List<OpenSession> of(Principal.User actor, UUID user) {
        mustBeTheirs(actor, user);
        return db.sql(
                        """
                        select encode(id_hash, 'hex') as id, created_at, seen_at from web_session
                        where user_id = :user and seen_at > now() - :idle * interval '1 second'
                        order by seen_at desc, id_hash
                        """)
                .param("user", user)
                .param("idle", settings.get().idle().toSeconds())
                .query(
                        (row, _) ->
                                new OpenSession(
                                        row.getString("id"),
                                        row.getObject("created_at", OffsetDateTime.class)
                                                .toInstant(),
                                        row.getObject("seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /// What `OpenSession.id` is of the session with this cookie.
    public static String idOf(String cookie) {
        return HexFormat.of().formatHex(Secrets.sha256(cookie));
    }

    /// @return whether it was there
    /// @throws NotAllowed when it is somebody else's and the actor is no admin
    public boolean end(Principal.User actor, UUID user, String id) {
        mustBeTheirs(actor, user);
        return transaction.execute(
                _ -> {
                    boolean gone =
                            db.sql(
                                                    """
                                                    delete from web_session
                                                    where user_id = :user
                                                      and encode(id_hash, 'hex') = :id
                                                    """)
                                            .param("user", user)
                                            .param("id", id)
                                            .update()
                                    > 0;
                    if (gone) {
                        audit.record(actor, "session.end", "user:" + user, Map.of());
                    }
                    return gone;
                });
    }

    /// Signs somebody out everywhere.
    ///
    /// @return how many sessions that ended
    /// @throws NotAllowed when the actor is no admin
    public int endAll(Principal actor, UUID user) {
        NotAllowed.unlessAdmin(actor, "end the sessions of others");
        return Objects.requireNonNull(
                transaction.execute(
                        _ -> {
                            int gone =
                                    db.sql("delete from web_session where user_id = :user")
                                            .param("user", user)
                                            .update();
                            audit.record(
                                    actor, "session.end", "user:" + user, Map.of("ended", gone));
                            return gone;
                        }));
    }

    private static void mustBeTheirs(Principal.User actor, UUID user) {
        if (!actor.id().equals(user)) {
            NotAllowed.unlessAdmin(actor, "see where others are signed in");
        }
    }
}
