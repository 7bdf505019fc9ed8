package io.zhiwen.operate;

import io.zhiwen.ask.AskObserver;
import io.zhiwen.ingest.store.ChangeLog;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.library.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the database knows about the work done on it, a few seconds old at most; what is dear to
/// find out, a minute. Null while the database does not answer in time.
@Component
public final class Facts {

    private static final Duration SECONDS = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int FAILURES = 20;

    private static final String FAILED_LATELY =
            """
            from document_version v
            join document d on d.id = v.document_id and d.latest_version = v.version
            join knowledge_base b on b.id = d.knowledge_base_id
            where v.status = 'failed' and v.finished_at > now() - interval '1 day'
              and d.deleted_at is null and b.deleted_at is null and not b.chat_only
            """;

    /// What is kept, in bytes.
    public record Storage(long database, long blobs) {}

    private final JdbcClient db;
    private final Fresh<Overview.Queue> queue;
    private final Fresh<Overview.Answers> answers;
    private final Fresh<Storage> storage;
    private final Fresh<ChangeLog.Lag> lag;
    private final Fresh<List<Overview.NodeRow>> nodes;

    Facts(JdbcClient db, ChangeLog log, Index index) {
        this.db = db;
        Duration patience = Database.PATIENCE;
        this.queue = new Fresh<>("the queue", SECONDS, patience, this::readQueue);
        this.answers = new Fresh<>("how answers went", SECONDS, patience, this::readAnswers);
        this.storage = new Fresh<>("what is kept", MINUTE, patience, this::readStorage);
        this.nodes = new Fresh<>("the nodes", SECONDS, patience, this::readNodes);
        this.lag =
                new Fresh<>(
                        "the index's lag",
                        Duration.ofSeconds(1),
                        patience,
                        () -> log.behind(index.position()));
    }

    public Overview.@Nullable Queue queue() {
        return queue.get();
    }

    public Overview.@Nullable Answers answers() {
        return answers.get();
    }

    public @Nullable Storage storage() {
        return storage.get();
    }

    public ChangeLog.@Nullable Lag lag() {
        return lag.get();
    }

    public @Nullable List<Overview.NodeRow> nodes() {
        return nodes.get();
    }

    private Overview.Queue readQueue() {
        Map<Status, Long> documents = new EnumMap<>(Status.class);
        double[] oldest = new double[1];
        db.sql(
                        """
                        select v.status, count(*) as documents,
                            max(extract(epoch from now() - v.uploaded_at))
                                filter (where v.status = 'queued') as oldest
                        from document d
                        join document_version v
                            on v.document_id = d.id and v.version = d.latest_version
                        join knowledge_base b on b.id = d.knowledge_base_id
                        where d.deleted_at is null and b.deleted_at is null
                        group by v.status
                        """)
                .query(
                        row -> {
                            documents.put(status(row.getString("status")), row.getLong(2));
                            oldest[0] = Math.max(oldest[0], row.getDouble("oldest"));
                        });
        long failed = db.sql("select count(*) " + FAILED_LATELY).query(Long.class).single();
        return new Overview.Queue(
                documents,
                Duration.ofMillis(Math.round(oldest[0] * 1000)),
                failed == 0 ? List.of() : failures(),
                failed);
    }

    private List<Overview.Failure> failures() {
        return db.sql(
                        """
                        select v.document_id, d.name, v.reason_code, v.finished_at
                        """
                                + FAILED_LATELY
                                + " order by v.finished_at desc limit "
                                + FAILURES)
                .query(
                        (row, _) ->
                                new Overview.Failure(
                                        new DocumentId(row.getObject("document_id", UUID.class)),
                                        row.getString("name"),
                                        row.getString("reason_code"),
                                        instant(row, "finished_at")))
                .list();
    }

    private Overview.Answers readAnswers() {
        return new Overview.Answers(
                db
                        .sql(
                                """
                                select outcome, count(*) as answers,
                                    percentile_cont(0.5) within group (order by millis) as half,
                                    percentile_cont(0.95) within group (order by millis) as most
                                from answer_outcome where at > now() - interval '1 day'
                                group by outcome
                                """)
                        .query(
                                (row, _) ->
                                        new Overview.AnswerRow(
                                                AskObserver.Outcome.valueOf(
                                                        row.getString("outcome")
                                                                .toUpperCase(Locale.ROOT)),
                                                row.getLong("answers"),
                                                Duration.ofMillis(row.getLong("half")),
                                                Duration.ofMillis(row.getLong("most"))))
                        .list()
                        .stream()
                        .sorted(Comparator.comparing(Overview.AnswerRow::outcome))
                        .toList());
    }

    private Storage readStorage() {
        return db.sql(
                        """
                        select pg_database_size(current_database()) as database,
                            (select coalesce(sum(bytes), 0) from (
                                select distinct sha256, bytes from document_version) kept) as blobs
                        """)
                .query((row, _) -> new Storage(row.getLong("database"), row.getLong("blobs")))
                .single();
    }

    private List<Overview.NodeRow> readNodes() {
        return db.sql(
                        """
                        select name, role, version, started_at, seen_at, index_lag,
                            seen_at > now() - interval '15 seconds' as lives
                        from node order by started_at, name
                        """)
                .query(
                        (row, _) ->
                                new Overview.NodeRow(
                                        row.getString("name"),
                                        row.getString("role"),
                                        row.getString("version"),
                                        instant(row, "started_at"),
                                        instant(row, "seen_at"),
                                        row.getBoolean("lives"),
                                        row.getLong("index_lag")))
                .list();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Status status(String column) {
        return Status.valueOf(column.toUpperCase(Locale.ROOT));
    }
}
