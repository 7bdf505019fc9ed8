package io.zhiwen.ask;

import io.zhiwen.account.Audit;
import io.zhiwen.account.NotAllowed;
import io.zhiwen.account.Principal;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// How many tokens of chat models single persons may use a day, and all askers together in single
/// bases; those of keys are kept with the keys. For admins. Safe for concurrent use.
@Component
public class TokenLimits {

    /// Whose tokens are limited.
    public enum Of {
        USER,
        BASE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param perDay null for none of its own
    public record Limit(Of of, UUID id, String name, @Nullable Long perDay) {}

    private final JdbcClient db;
    private final TransactionOperations transaction;
    private final Audit audit;

    TokenLimits(JdbcClient db, TransactionOperations transaction, Audit audit) {
        this.db = db;
        this.transaction = transaction;
        this.audit = audit;
    }

    /// Every person and base, by name.
    ///
    /// @throws NotAllowed for others than admins
    public List<Limit> all(Principal admin) {
        mayLimit(admin);
        return db.sql(
                        """
                        select 'USER' as of, id, name, tokens_per_day from app_user
                        union all
                        select 'BASE', id, name, tokens_per_day from knowledge_base
                        where deleted_at is null and not chat_only
                        order by 1 desc, name, id""")
                .query(
                        (row, _) ->
                                new Limit(
                                        Of.valueOf(row.getString("of")),
                                        row.getObject("id", UUID.class),
                                        row.getString("name"),
                                        row.getObject("tokens_per_day", Long.class)))
                .list();
    }

    /// In force with the next question.
    ///
    /// @param perDay 1 or more; null for none of its own
    /// @return whether there is such a person or base
    /// @throws NotAllowed for others than admins
    public boolean set(Principal admin, Of of, UUID id, @Nullable Long perDay) {
        mayLimit(admin);
        if (perDay != null && perDay < 1) {
            throw new IllegalArgumentException(perDay + " tokens a day");
        }
        String sql =
                switch (of) {
                    case USER -> "update app_user set tokens_per_day = :tokens where id = :id";
                    case BASE ->
                            "update knowledge_base set tokens_per_day = :tokens"
                                    + " where id = :id and deleted_at is null and not chat_only";
                };
        return Boolean.TRUE.equals(
                transaction.execute(
                        _ -> {
                            boolean there =
                                    db.sql(sql)
                                                    .param("id", id)
                                                    .param("tokens", perDay, Types.BIGINT)
                                                    .update()
                                            > 0;
                            if (there) {
                                audit.record(
                                        admin,
                                        "tokens.limit",
                                        of.code() + ":" + id,
                                        Map.of("tokens_per_day", String.valueOf(perDay)));
                            }
                            return there;
                        }));
    }

    private static void mayLimit(Principal admin) {
        NotAllowed.unlessAdmin(admin, "limits of tokens are for admins");
    }
}
