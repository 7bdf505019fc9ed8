package io.zhiwen.system;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where everything is kept.
///
/// @param data folder of this installation
/// @param db a PostgreSQL server to use in place of the one in the data folder
@ConfigurationProperties("zhiwen")
record DataSettings(@DefaultValue("data") String data, @DefaultValue Db db) {

    /// @param url of JDBC, e.g. `jdbc:postgresql://db.example.org/zhiwen`; empty for the bundled
    /// server
    /// @param programs folder for the bundled server's programs, empty for one in the data folder;
    /// or the folder of an installed PostgreSQL 17 or newer with pgvector, which has `bin/postgres`
    /// in it and is run in place of the bundled one
    record Db(
            @DefaultValue("") String url,
            @DefaultValue("zhiwen") String user,
            @DefaultValue("") String password,
            @DefaultValue("") String programs) {

        boolean isEmbedded() {
            return url.isBlank();
        }

        @Override
        public String toString() {
            return "Db[" + (isEmbedded() ? "embedded" : url) + "]";
        }
    }

    Path folder() {
        return Path.of(data);
    }

    @Nullable Path programs() {
        return db.programs().isBlank() ? null : Path.of(db.programs());
    }
}
