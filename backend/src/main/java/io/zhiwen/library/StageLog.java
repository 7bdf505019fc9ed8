package io.zhiwen.library;

import io.zhiwen.ingest.IngestObserver;
import io.zhiwen.ingest.store.Attempt;
import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes down how long each stage of a try took, as soon as it is passed: of a node that is
/// killed,
/// the timeline says how far it came.
@Component
final class StageLog implements IngestObserver {

    private final JdbcClient db;

    StageLog(JdbcClient db) {
        this.db = db;
    }

    /// Nobody waits until this is on the disk: what a crash of the database takes of it is no harm.
    @Override
    public void passed(Attempt attempt, Stage stage, Duration took) {
        db.sql(
                        """
                        update ingest_try set %s = :ms
                        from (select set_config('synchronous_commit', 'off', true)) as soon
                        where document_id = :document and version = :version
                          and attempt = :attempt
                        """
                                .formatted(column(stage)))
                .param("ms", (int) Math.min(took.toMillis(), Integer.MAX_VALUE))
                .param("document", attempt.document().value())
                .param("version", attempt.version())
                .param("attempt", attempt.number())
                .update();
    }

    /// Of `ingest_try`.
    static String column(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT) + "_ms";
    }
}
