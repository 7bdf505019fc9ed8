package io.zhiwen.account;

import io.zhiwen.account.AccountRefused.Reason;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// How the first admin comes in: a link printed once at the start, good until there is an admin. A
/// new start replaces it. Only a hash of its token is kept.
@Component
public final class SetupLink {

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Users users;
    private volatile boolean admin;

    public SetupLink(JdbcClient db, TransactionOperations tx, Users users) {
        this.db = db;
        this.tx = tx;
        this.users = users;
    }

    /// Whether nobody can sign in yet. Cheap: an admin, once there, cannot be taken away.
    public boolean isNeeded() {
        if (!admin) {
            admin =
                    db.sql("select exists (select 1 from app_user where role = 'admin')")
                            .query(Boolean.class)
                            .single();
        }
        return !admin;
    }

    /// A new token when there is no admin; the one before is void.
    public Optional<String> issueIfNeeded() {
        if (!isNeeded()) {
            return Optional.empty();
        }
        var token = Secrets.random256();
        tx.executeWithoutResult(
                _ -> {
                    db.sql("delete from setup_link").update();
                    db.sql("insert into setup_link (secret_hash) values (:hash)")
                            .param("hash", Secrets.sha256(token))
                            .update();
                });
        return Optional.of(token);
    }

    /// Whether the link would be taken, for the page to say so before the form is filled in.
    public boolean isValid(String token) {
        return isNeeded()
                && db.sql("select exists (select 1 from setup_link where secret_hash = :hash)")
                        .param("hash", Secrets.sha256(token))
                        .query(Boolean.class)
                        .single();
    }

    /// Makes the first admin, once; start the session with `SignedIn.start`.
    public Principal.User redeem(String token, String name, String password) {
        var made =
                tx.execute(
                        _ -> {
                            int taken =
                                    db.sql("delete from setup_link where secret_hash = :hash")
                                            .param("hash", Secrets.sha256(token))
                                            .update();
                            if (taken == 0 || !isNeeded()) {
                                throw new AccountRefused(Reason.SETUP_LINK_INVALID);
                            }
                            return users.insert("setup", name, password, Role.ADMIN, false);
                        });
        return made.principal();
    }

    /// For unattended installs: the first admin by name and password, when there is no user. Of
    /// nodes that start together one makes it.
    public Optional<Principal.User> createUnattended(String name, String password) {
        return tx.execute(
                _ -> {
                    db.sql("select pg_advisory_xact_lock(hashtext('first-admin'))")
                            .query((_, _) -> true)
                            .single();
                    if (!isNeeded()) {
                        return Optional.empty();
                    }
                    var made = users.insert("setup", name, password, Role.ADMIN, false);
                    db.sql("delete from setup_link").update();
                    return Optional.of(made.principal());
                });
    }
}
