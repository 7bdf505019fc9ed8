package io.zhiwen.system;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where everything is kept.
///
/// @param data folder of this installation
/// @param db a PostgreSQL server to use in place of the one in the data folder
/// @param vectors where they are searched: `pgvector` in the database, `lucene` in this node's
/// index, or `auto`, which is pgvector where the database has it
/// @param secret keys of model servers are closed with it in the database; the same on all nodes;
/// empty for one made and kept in the data folder
@ConfigurationProperties("zhiwen")
record DataSettings(
        @DefaultValue("data") String data,
        @DefaultValue Db db,
        @DefaultValue("auto") VectorSetting vectors,
        @DefaultValue("") String secret) {

    /// Where vectors shall be searched.
    enum VectorSetting {
        AUTO,
        PGVECTOR,
        LUCENE
    }

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
            return "Db[" + (isEmbedded() ? "embedded" : DatabaseLogin.of(this)) + "]";
        }
    }

    /// Without what is secret.
    @Override
    public String toString() {
        return "DataSettings[" + data + ", " + db + ", " + vectors + "]";
    }

    Path folder() {
        return Path.of(data);
    }

    /// Whether the database is the one that comes with Zhiwen, which has no pgvector.
    boolean isBundled() {
        Path programs = programs();
        return db.isEmbedded()
                && (programs == null
                        || !Files.isExecutable(programs.resolve("bin").resolve("postgres")));
    }

    @Nullable Path programs() {
        return db.programs().isBlank() ? null : Path.of(db.programs());
    }
}
