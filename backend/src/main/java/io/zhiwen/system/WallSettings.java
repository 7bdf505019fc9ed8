package io.zhiwen.system;

import io.zhiwen.ingest.store.ReaderDatabase;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The database's own wall before what a reader may not read.
///
/// @param wall whether a start without it is refused
@ConfigurationProperties("zhiwen.db")
record WallSettings(@DefaultValue("auto") Wall wall) {

    private static final Logger LOG = LoggerFactory.getLogger(WallSettings.class);

    /// Whether there must be one.
    enum Wall {
        AUTO,
        REQUIRED
    }

    /// @throws IllegalStateException when it is required and cannot be
    ReaderDatabase open(DataSource database) {
        ReaderDatabase readers = ReaderDatabase.open(database);
        String missing = readers.missing();
        if (missing == null) {
            return readers;
        }
        if (wall == Wall.REQUIRED) {
            throw new IllegalStateException(
                    "Readers shall be held by the database too (zhiwen.db.wall=required), but: "
                            + missing);
        }
        LOG.warn("Readers are not held by the database's own wall: {}", missing);
        return readers;
    }
}
