package io.zhiwen.ingest.index.pgvector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Whether a database can search vectors itself.
///
/// @param missing why it cannot; null when it can
public record Pgvector(@Nullable String missing) {

    /// Older ones lose vectors in a vacuum (fixed in 0.8.3) or read beyond their memory (0.8.7).
    private static final List<Integer> OLDEST = List.of(0, 8, 7);

    private static final String OLDEST_NAME = "0.8.7";

    /// Makes the extension where it is installed on the server and this role may.
    public static Pgvector in(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Installed installed = read(connection);
            if (installed.version() == null && installed.available() != null) {
                if (isTooOld(installed.available())) {
                    return tooOld(installed.available());
                }
                String refused = create(connection);
                installed = read(connection);
                if (installed.version() == null) {
                    return new Pgvector(
                            "the extension vector is not made in this database and this role may"
                                    + " not make it (as a superuser: create extension vector): "
                                    + refused);
                }
            }
            if (installed.version() == null) {
                return new Pgvector("the server does not have the extension vector (pgvector)");
            }
            if (isTooOld(installed.version())) {
                return tooOld(installed.version());
            }
            return new Pgvector(
                    installed.usable()
                            ? null
                            : "the extension vector is in a schema outside of the search_path");
        }
    }

    public boolean isUsable() {
        return missing == null;
    }

    private record Installed(
            @Nullable String version, @Nullable String available, boolean usable) {}

    private static Installed read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                select (select extversion from pg_extension where extname = 'vector'),
                                    (select default_version from pg_available_extensions
                                     where name = 'vector'),
                                    to_regtype('halfvec') is not null
                                """)) {
            row.next();
            return new Installed(row.getString(1), row.getString(2), row.getBoolean(3));
        }
    }

    /// @return what the database had against it; two nodes that start at once may meet here, and
    /// the one that is late finds it made
    private static String create(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("create extension if not exists vector");
            return "nothing";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Pgvector tooOld(String version) {
        return new Pgvector(
                "pgvector %s is older than %s, which is the oldest that keeps every vector (install a newer one, then: alter extension vector update)"
                        .formatted(version, OLDEST_NAME));
    }

    static boolean isTooOld(String version) {
        List<Integer> parts =
                Stream.of(version.toLowerCase(Locale.ROOT).split("[^0-9]+", -1))
                        .filter(part -> !part.isEmpty())
                        .map(Integer::valueOf)
                        .toList();
        for (int i = 0; i < OLDEST.size(); i++) {
            int part = i < parts.size() ? parts.get(i) : 0;
            if (part != OLDEST.get(i)) {
                return part < OLDEST.get(i);
            }
        }
        return false;
    }
}
