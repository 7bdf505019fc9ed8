package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// The people who may sign in. Every change is one transaction
/// with its audit row; only admins change others. Safe for concurrent use.
@Component
public final class Users {

    private static final String ROWS =
            "select id, name, role, enabled, one_time_password, created_at from app_user ";

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Passwords passwords;
    private final Audit audit;
    private final SignInThrottle throttle;

    public Users(
            JdbcClient db,
            TransactionOperations tx,
            Passwords passwords,
            Audit audit,
            SignInThrottle throttle) {
        this.db = db;
        this.tx = tx;
        this.passwords = passwords;
        this.audit = audit;
        this.throttle = throttle;
    }

    /// What a session is compared with at each request.
    public record Current(Principal.User user, int credentials, boolean oneTimePassword) {}

    /// The person behind a session, as they are now; empty when disabled or gone.
    public Optional<Current> current(UUID id) {
        return db.sql(
                        """
                        select id, name, role, credentials, one_time_password
                        from app_user where id = :id and enabled
                        """)
                .param("id", id)
                .query((row, _) -> current(row))
                .optional();
    }

    static Current current(ResultSet row) throws SQLException {
        return new Current(
                new Principal.User(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        Role.of(row.getString("role")) == Role.ADMIN),
                row.getInt("credentials"),
                row.getBoolean("one_time_password"));
    }

    /// Everyone, by name. For admins.
    public List<UserRow> list(Principal actor) {
        NotAllowed.unlessAdmin(actor, "list users");
        return db.sql(ROWS + "order by lower(name), id").query(Users::row).list();
    }

    /// Those whose names hold the words, by name, page by page. For admins.
    ///
    /// @param words empty for all
    /// @param page from 1
    public Listed<UserRow> page(Principal actor, String words, int page, int size) {
        NotAllowed.unlessAdmin(actor, "list users");
        String named = "where strpos(lower(name), lower(:words)) > 0 ";
        return new Listed<>(
                db.sql(ROWS + named + "order by lower(name), id limit :size offset :from")
                        .param("words", words)
                        .param("size", size)
                        .param("from", (page - 1L) * size)
                        .query(Users::row)
                        .list(),
                db.sql("select count(*) from app_user " + named)
                        .param("words", words)
                        .query(Long.class)
                        .single());
    }

    /// Those who may sign in and whose names hold the words, by name, to choose from. For admins.
    ///
    /// @param words empty for all
    /// @param role null for any
    public List<Named> choices(Principal actor, String words, @Nullable Role role, int limit) {
        NotAllowed.unlessAdmin(actor, "list users");
        return db.sql(
                        """
                        select id, name from app_user
                        where enabled and strpos(lower(name), lower(:words)) > 0
                            and role = coalesce(:role, role)
                        order by lower(name), id limit :limit
                        """)
                .param("words", words)
                .param("role", role == null ? null : role.word(), Types.VARCHAR)
                .param("limit", limit)
                .query(
                        (row, _) ->
                                new Named(row.getObject("id", UUID.class), row.getString("name")))
                .list();
    }

    public Optional<UserRow> find(UUID id) {
        return db.sql(ROWS + "where id = :id").param("id", id).query(Users::row).optional();
    }

    /// Who may sign in under this name or id, as they are now.
    public Optional<Principal.User> named(String nameOrId) {
        return db.sql(
                        """
                        select id, name, role, credentials, one_time_password from app_user
                        where enabled and (lower(name) = lower(:who) or id::text = lower(:who))
                        """)
                .param("who", Names.clean(nameOrId))
                .query((row, _) -> current(row).user())
                .optional();
    }

    /// With a one-time password made here.
    public NewUser create(Principal actor, String name, Role role) {
        var password = Secrets.readable(14);
        return new NewUser(create(actor, name, password, role), password);
    }

    /// With a password the admin chose; its owner must change it at the first sign-in.
    public UserRow create(Principal actor, String name, String password, Role role) {
        NotAllowed.unlessAdmin(actor, "create users");
        return insert(actor.label(), name, password, role, true);
    }

    UserRow insert(String actor, String name, String password, Role role, boolean oneTime) {
        var clean = Names.person(name);
        passwords.check(clean, password);
        var hash = passwords.hash(password);
        var id = UUID.randomUUID();
        try {
            tx.executeWithoutResult(
                    _ -> {
                        db.sql(
                                        """
                                        insert into app_user
                                            (id, name, password_hash, role, one_time_password)
                                        values (:id, :name, :hash, :role, :once)
                                        """)
                                .param("id", id)
                                .param("name", clean)
                                .param("hash", hash)
                                .param("role", role.word())
                                .param("once", oneTime)
                                .update();
                        audit.record(
                                actor,
                                "user.create",
                                "user:" + id,
                                Map.of("name", clean, "role", role.word()));
                    });
        } catch (DuplicateKeyException e) {
            throw new AccountRefused(Reason.NAME_TAKEN);
        }
        return found(id);
    }

    /// Out at once, everywhere: the next request of each of their sessions is refused.
    public void disable(Principal actor, UUID user) {
        change(actor, user, "user.disable", Map.of(), true, "enabled = false");
    }

    public void enable(Principal actor, UUID user) {
        change(actor, user, "user.enable", Map.of(), false, "enabled = true");
    }

    public void setRole(Principal actor, UUID user, Role role) {
        var set = role == Role.ADMIN ? "role = 'admin'" : "role = 'member'";
        change(actor, user, "user.role", Map.of("role", role.word()), role == Role.MEMBER, set);
    }

    /// For good, with their chats.
    public void delete(Principal actor, UUID user) {
        change(actor, user, "user.delete", Map.of(), true, null);
    }

    /// A new one-time password; sessions of the old one end.
    public String resetPassword(Principal actor, UUID user) {
        NotAllowed.unlessAdmin(actor, "reset passwords");
        var password = Secrets.readable(14);
        setPassword(actor, user, passwords.hash(password), true, "user.password.reset");
        throttle.forgive(found(user).name());
        return password;
    }

    /// One's own password. Other sessions of the same person end; renew this one with
    /// `SignedIn.renew`.
    public void changePassword(Principal.User self, String current, String next) {
        var old =
                db.sql("select password_hash from app_user where id = :id and enabled")
                        .param("id", self.id())
                        .query(String.class)
                        .optional()
                        .orElseThrow(() -> new AccountRefused(Reason.NO_SUCH_USER));
        if (!throttle.mayTry(self.name())) {
            throw new AccountRefused(Reason.TOO_MANY_TRIES);
        }
        if (!passwords.matches(current, old)) {
            throw new AccountRefused(Reason.PASSWORD_WRONG);
        }
        passwords.check(self.name(), next);
        if (current.equals(next)) {
            throw new AccountRefused(Reason.PASSWORD_UNCHANGED);
        }
        setPassword(self, self.id(), passwords.hash(next), false, "user.password.change");
        throttle.forgive(self.name());
    }

    private void setPassword(
            Principal actor, UUID user, String hash, boolean oneTime, String action) {
        tx.executeWithoutResult(
                _ -> {
                    int rows =
                            db.sql(
                                            """
                                            update app_user set password_hash = :hash,
                                                one_time_password = :once,
                                                credentials = credentials + 1
                                            where id = :id
                                            """)
                                    .param("hash", hash)
                                    .param("once", oneTime)
                                    .param("id", user)
                                    .update();
                    if (rows == 0) {
                        throw new AccountRefused(Reason.NO_SUCH_USER);
                    }
                    audit.record(actor, action, "user:" + user, Map.of());
                });
    }

    /// @param set a constant of this class; null deletes
    private void change(
            Principal actor,
            UUID user,
            String action,
            Map<String, ?> detail,
            boolean takesAdminAway,
            @Nullable String set) {
        NotAllowed.unlessAdmin(actor, action);
        tx.executeWithoutResult(
                _ -> {
                    var row = found(user);
                    if (takesAdminAway && isLastAdmin(user)) {
                        throw new AccountRefused(Reason.LAST_ADMIN);
                    }
                    var sql =
                            set == null
                                    ? "delete from app_user where id = :id"
                                    : "update app_user set " + set + " where id = :id";
                    db.sql(sql).param("id", user).update();
                    audit.record(
                            actor,
                            action,
                            "user:" + user,
                            detail.isEmpty() ? Map.of("name", row.name()) : detail);
                });
    }

    /// Locks the admins, so that two of them cannot remove each other at the same moment.
    private boolean isLastAdmin(UUID user) {
        var admins =
                db.sql(
                                """
                                select id from app_user where role = 'admin' and enabled
                                order by id for update
                                """)
                        .query(UUID.class)
                        .list();
        return admins.equals(List.of(user));
    }

    private UserRow found(UUID id) {
        return find(id).orElseThrow(() -> new AccountRefused(Reason.NO_SUCH_USER));
    }

    private static UserRow row(ResultSet row, int number) throws SQLException {
        return new UserRow(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Role.of(row.getString("role")),
                row.getBoolean("enabled"),
                row.getBoolean("one_time_password"),
                row.getTimestamp("created_at").toInstant());
    }
}
