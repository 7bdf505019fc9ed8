package io.zhiwen.account;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Lets in whom the company's directory knows: an account is made at the first sign-in, and at each
/// one the person is put into the groups the directory says, and out of those it said before.
@Component
public final class DirectorySignIn {

    private static final int MOST_NAMESAKES = 50;

    private final JdbcClient db;
    private final TransactionOperations tx;
    private final Passwords passwords;
    private final Audit audit;

    public DirectorySignIn(
            JdbcClient db, TransactionOperations tx, Passwords passwords, Audit audit) {
        this.db = db;
        this.tx = tx;
        this.passwords = passwords;
        this.audit = audit;
    }

    /// @param address of the browser
    /// @return empty for whoever was disabled here
    public Optional<Users.Current> attempt(DirectoryPerson person, String address) {
        var nobodys = passwords.nobodys();
        return tx.execute(
                _ -> {
                    var id = known(person).orElseGet(() -> create(person, nobodys));
                    var current = enabled(id);
                    if (current.isEmpty()) {
                        audit.record(
                                "nobody",
                                "user.sign-in-refused",
                                "user:" + id,
                                Map.of("address", address));
                        return Optional.empty();
                    }
                    follow(person, current.get().user());
                    audit.record(
                            current.get().user(),
                            "user.sign-in",
                            "user:" + id,
                            Map.of("address", address, "by", "directory"));
                    return enabled(id);
                });
    }

    private Optional<UUID> known(DirectoryPerson person) {
        return db.sql("select id from app_user where directory_id = :id for update")
                .param("id", person.id())
                .query(UUID.class)
                .optional();
    }

    private Optional<Users.Current> enabled(UUID id) {
        return db.sql(
                        """
                        select id, name, role, credentials, one_time_password from app_user
                        where id = :id and enabled
                        """)
                .param("id", id)
                .query((row, _) -> Users.current(row))
                .optional();
    }

    private UUID create(DirectoryPerson person, String nobodys) {
        var id = UUID.randomUUID();
        var name = freeName(person.name());
        db.sql(
                        """
                        insert into app_user (id, name, password_hash, role, directory_id)
                        values (:id, :name, :hash, 'member', :directory)
                        """)
                .param("id", id)
                .param("name", name)
                .param("hash", nobodys)
                .param("directory", person.id())
                .update();
        audit.record(
                "directory",
                "user.create",
                "user:" + id,
                Map.of("name", name, "role", Role.MEMBER.word()));
        return id;
    }

    /// Nobody comes into another's account because they share a name.
    private String freeName(String wanted) {
        var clean = Names.shortened(wanted);
        for (int i = 1; i <= MOST_NAMESAKES; i++) {
            var name = i == 1 ? clean : clean + " " + i;
            boolean taken =
                    db.sql("select exists (select 1 from app_user where lower(name) = lower(:n))")
                            .param("n", name)
                            .query(Boolean.class)
                            .single();
            if (!taken) {
                return name;
            }
        }
        throw new AccountRefused(AccountRefused.Reason.NAME_TAKEN);
    }

    private void follow(DirectoryPerson person, Principal.User user) {
        List<String> names =
                person.groups().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        int out =
                db.sql(
                                """
                                delete from user_group_member m using user_group g
                                where g.id = m.group_id and m.user_id = :user and m.by_directory
                                  and lower(g.name) <> all(:names)
                                """)
                        .param("user", user.id())
                        .param("names", names.toArray(String[]::new))
                        .update();
        int in =
                db.sql(
                                """
                                insert into user_group_member (group_id, user_id, by_directory)
                                select id, :user, true from user_group
                                where lower(name) = any(:names)
                                on conflict do nothing
                                """)
                        .param("user", user.id())
                        .param("names", names.toArray(String[]::new))
                        .update();
        if (in + out > 0) {
            audit.record(
                    "directory",
                    "user.groups",
                    "user:" + user.id(),
                    Map.of("groups", person.groups().stream().sorted().toList()));
        }
        if (person.admin() != null && person.admin() != user.isAdmin()) {
            var role = person.admin() ? Role.ADMIN : Role.MEMBER;
            db.sql("update app_user set role = :role where id = :id")
                    .param("role", role.word())
                    .param("id", user.id())
                    .update();
            audit.record(
                    "directory", "user.role", "user:" + user.id(), Map.of("role", role.word()));
        }
    }
}
