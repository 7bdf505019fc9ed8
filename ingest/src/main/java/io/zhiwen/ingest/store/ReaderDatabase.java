package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The database as somebody with a reach sees it, and the second wall behind the conditions of
/// queries: of bases, documents and passages nothing comes that is out of reach, whatever is asked,
/// for queries run under a role that row-level security holds. Role and reach last as long as the
/// transaction, so that a connection goes back to its pool without them. Safe for concurrent use.
public final class ReaderDatabase {

    /// Beside which a query is sent: puts the reach and then the role in front of the transaction.
    /// Its parameters are `set`'s.
    public static final String ENTER =
            """
            select set_config('zhiwen.reach_bases', ?, true),
                set_config('zhiwen.reach_whole', ?, true),
                set_config('zhiwen.reach_open', ?, true),
                set_config('zhiwen.reach_acls', ?, true),
                set_config('role', ?, true)
            """;

    /// How many parameters `ENTER` has.
    public static final int PARAMETERS = 5;

    private static final String LEAVE = "select set_config('role', 'none', true)";

    private final JdbcClient db;
    private final TransactionTemplate reading;
    private final ReaderRole role;

    private ReaderDatabase(DataSource database, ReaderRole role) {
        this.db = JdbcClient.create(database);
        this.reading = reading(database);
        this.role = role;
    }

    /// Makes the role where it is not there, and gives it what readers' queries name. Where the
    /// login may not do that, queries run as the login: then their own conditions are the only
    /// wall, and `missing` says why.
    public static ReaderDatabase open(DataSource database) {
        return new ReaderDatabase(database, ReaderRole.in(database));
    }

    /// Why there is no second wall; null when there is.
    public @Nullable String missing() {
        return role.missing();
    }

    /// What the query gives to somebody with this reach. In a transaction that is going on, it sees
    /// what that has written; an exception ends the transaction.
    ///
    /// @throws IllegalStateException within another reading
    public <T extends @Nullable Object> T within(Reach reach, Function<JdbcClient, T> query) {
        if (TransactionSynchronizationManager.hasResource(this)) {
            throw new IllegalStateException("a reading within a reading");
        }
        TransactionSynchronizationManager.bindResource(this, reach);
        try {
            return reading.execute(
                    transaction -> {
                        db.sql(ENTER).params(values(reach)).query((_, _) -> true).single();
                        T found = query.apply(db);
                        if (!transaction.isNewTransaction()) {
                            db.sql(LEAVE).query(String.class).single();
                        }
                        return found;
                    });
        } finally {
            TransactionSynchronizationManager.unbindResource(this);
        }
    }

    /// The parameters of `ENTER`, which are the first ones of the statement.
    public void set(PreparedStatement statement, Reach reach) throws SQLException {
        List<String> values = values(reach);
        for (int i = 0; i < values.size(); i++) {
            statement.setString(i + 1, values.get(i));
        }
    }

    static TransactionTemplate reading(DataSource database) {
        TransactionTemplate reading = new TransactionTemplate(new JdbcTransactionManager(database));
        reading.setReadOnly(true);
        return reading;
    }

    private List<String> values(Reach reach) {
        return List.of(
                bases(reach.bases()),
                bases(reach.whole()),
                bases(reach.open()),
                array(reach.acls()),
                role.missing() == null ? role.name() : "none");
    }

    private static String bases(Collection<KnowledgeBaseId> bases) {
        return array(bases.stream().map(KnowledgeBaseId::value).toList());
    }

    private static String array(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
