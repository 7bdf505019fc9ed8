package io.zhiwen.account;

import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// A name and a password at the door. Unknown names, disabled people and wrong passwords get the
/// same answer after the same work.
@Component
public final class SignIn {

    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    /// What came of it.
    public sealed interface Outcome {
        record Welcome(Users.Current current) implements Outcome {}

        record Refused() implements Outcome {}

        /// Too many tries; the password was not looked at.
        record Throttled() implements Outcome {}
    }

    private record Stored(String hash, boolean enabled, Users.Current current) {}

    private final JdbcClient db;
    private final Passwords passwords;
    private final SignInThrottle throttle;
    private final Audit audit;

    public SignIn(JdbcClient db, Passwords passwords, SignInThrottle throttle, Audit audit) {
        this.db = db;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
    }

    /// @param address of the browser
    public Outcome attempt(String name, String password, String address) {
        if (!throttle.mayTry(name, address)) {
            log.warn("sign-in throttled, address {}", address);
            return new Outcome.Throttled();
        }
        var nobodys = passwords.nobodys();
        var stored =
                db.sql(
                                """
                                select id, name, role, credentials, one_time_password,
                                       password_hash, enabled
                                from app_user where lower(name) = lower(:name)
                                """)
                        .param("name", Names.clean(name))
                        .query(
                                (row, _) ->
                                        new Stored(
                                                row.getString("password_hash"),
                                                row.getBoolean("enabled"),
                                                Users.current(row)))
                        .optional();
        boolean right = passwords.matches(password, stored.map(Stored::hash).orElse(nobodys));
        if (stored.isEmpty() || !right || !stored.get().enabled()) {
            log.info("sign-in refused, address {}", address);
            refused(stored.map(Stored::current), address);
            return new Outcome.Refused();
        }
        throttle.forgive(name, address);
        var current = stored.get().current();
        audit.record(
                current.user(),
                "user.sign-in",
                "user:" + current.user().id(),
                Map.of("address", address));
        return new Outcome.Welcome(current);
    }

    /// Somebody leaves, at this browser.
    public void left(Principal.User user, String address) {
        audit.record(user, "user.sign-out", "user:" + user.id(), Map.of("address", address));
    }

    /// Of a name nobody has, nothing is kept: what is typed there may be a password. The throttle
    /// bounds how many rows an address can make.
    private void refused(Optional<Users.Current> named, String address) {
        var object =
                named.map(Users.Current::user)
                        .map(user -> "user:" + user.id())
                        .orElse("user:unknown");
        audit.record("nobody", "user.sign-in-refused", object, Map.of("address", address));
    }
}
