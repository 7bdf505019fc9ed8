package io.zhiwen.library;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.jdbc.core.simple.JdbcClient;

/// While anyone holds the originals, as an export does that has yet to read them, none is removed,
/// on whichever node.
public final class BlobHold {

    private static final long KEY = 0x7A68_6977_656E_0001L;

    private BlobHold() {}

    /// Until the connection is closed. Waits for a removal that has begun.
    public static void take(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock_shared(" + KEY + ")::text");
        }
    }

    /// Whether the running transaction may remove originals.
    static boolean mayRemove(JdbcClient db) {
        return db.sql("select pg_try_advisory_xact_lock(" + KEY + ")")
                .query(Boolean.class)
                .single();
    }
}
