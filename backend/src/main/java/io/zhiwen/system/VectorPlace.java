package io.zhiwen.system;

import io.zhiwen.ingest.index.pgvector.Pgvector;
import io.zhiwen.system.DataSettings.VectorSetting;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where vectors are searched, decided once at a start.
enum VectorPlace {
    PGVECTOR,
    LUCENE;

    private static final Logger LOG = LoggerFactory.getLogger(VectorPlace.class);

    /// @param database asked only where it could have the extension
    /// @throws IllegalStateException when pgvector is wished for and not there
    static VectorPlace choose(DataSettings settings, Supplier<DatabaseLogin> database)
            throws SQLException {
        VectorSetting wish = settings.vectors();
        if (wish == VectorSetting.LUCENE || (wish == VectorSetting.AUTO && settings.isBundled())) {
            return LUCENE;
        }
        Pgvector pgvector =
                settings.isBundled()
                        ? new Pgvector("the bundled database does not have it")
                        : Pgvector.in(source(database.get()));
        if (pgvector.isUsable()) {
            LOG.info("Vectors are searched in the database (pgvector)");
            return PGVECTOR;
        }
        if (wish == VectorSetting.PGVECTOR) {
            throw new IllegalStateException(
                    "Vectors shall be searched with pgvector (zhiwen.vectors=pgvector), but: "
                            + pgvector.missing());
        }
        LOG.warn("Vectors are searched in this node's own index: {}", pgvector.missing());
        return LUCENE;
    }

    private static PGSimpleDataSource source(DatabaseLogin login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(login.url());
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setConnectTimeout(5);
        source.setSocketTimeout(30);
        return source;
    }
}
