package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Right;
import io.zhiwen.ingest.IngestObserver.Stage;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.upload.DocumentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// How the work on a document went, version by version and try by try, for those who may edit it.
@Component
public class Timelines {

    /// Tries of a version; older ones are forgotten when it is taken again.
    static final int KEPT = 20;

    private static final int MOST_VERSIONS = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient db;
    private final Access access;
    private final Documents documents;
    private final Line line;
    private final HeldDocuments held;

    Timelines(JdbcClient db, Access access, Documents documents, Line line, HeldDocuments held) {
        this.db = db;
        this.access = access;
        this.documents = documents;
        this.line = line;
        this.held = held;
    }

    /// Newest version first, the newest 50; empty for those who may not edit the document.
    public Optional<List<Timeline>> of(Principal who, DocumentId id) {
        return documents
                .one(access.everythingFor(who, Right.EDIT), id)
                .map(document -> versions(document.id()));
    }

    private List<Timeline> versions(DocumentId id) {
        Map<Integer, List<IngestTry>> tries = tries(id);
        Map<Integer, List<Hold>> holds =
                held.of(id).stream().collect(Collectors.groupingBy(Hold::version));
        Timeline.Place place = places(id.value()).get(id);
        return db.sql(
                        """
                        select version, status, uploaded_at, queued_at, finished_at
                        from document_version where document_id = :id
                        order by version desc limit :most
                        """)
                .param("id", id.value())
                .param("most", MOST_VERSIONS)
                .query((row, _) -> timeline(row, place, tries, holds))
                .list();
    }

    private Map<Integer, List<IngestTry>> tries(DocumentId id) {
        record Numbered(int version, IngestTry each) {}
        return db
                .sql("select * from ingest_try where document_id = :id order by version, attempt")
                .param("id", id.value())
                .query((row, _) -> new Numbered(row.getInt("version"), each(row)))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Numbered::version,
                                Collectors.mapping(Numbered::each, Collectors.toList())));
    }

    /// Where those of them stand that wait, for who may edit them.
    public Map<DocumentId, Timeline.Place> places(Collection<DocumentRow> rows) {
        return places(
                rows.stream()
                        .filter(row -> row.status() == Status.QUEUED)
                        .map(row -> row.id().value())
                        .toArray(UUID[]::new));
    }

    private Map<DocumentId, Timeline.Place> places(UUID... documents) {
        if (documents.length == 0) {
            return Map.of();
        }
        Map<UUID, DocumentId> jobs = new HashMap<>();
        db.sql(
                        """
                        select job, document_id from document_version
                        where document_id = any(:ids) and status = 'queued' and job is not null
                        """)
                .param("ids", documents)
                .query(
                        row -> {
                            jobs.put(
                                    row.getObject("job", UUID.class),
                                    new DocumentId(row.getObject("document_id", UUID.class)));
                        });
        return line.placesOf(jobs.keySet()).entrySet().stream()
                .collect(
                        Collectors.toMap(
                                place -> Objects.requireNonNull(jobs.get(place.getKey())),
                                Map.Entry::getValue));
    }

    private static Timeline timeline(
            ResultSet row,
            Timeline.@Nullable Place place,
            Map<Integer, List<IngestTry>> kept,
            Map<Integer, List<Hold>> holds)
            throws SQLException {
        int version = row.getInt("version");
        Status status = Status.of(row.getString("status"));
        List<IngestTry> tries = kept.getOrDefault(version, List.of());
        return new Timeline(
                version,
                status,
                row.getObject("uploaded_at", OffsetDateTime.class).toInstant(),
                status == Status.QUEUED ? instant(row, "queued_at") : null,
                status == Status.QUEUED ? place : null,
                instant(row, "finished_at"),
                !tries.isEmpty()
                        && tries.getFirst().attempt() > 1
                        && tries.getLast().attempt() >= tries.getFirst().attempt() + KEPT - 1,
                tries,
                holds.getOrDefault(version, List.of()));
    }

    private static IngestTry each(ResultSet row) throws SQLException {
        Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            Integer millis = row.getObject(StageLog.column(stage), Integer.class);
            if (millis != null) {
                stages.put(stage, Duration.ofMillis(millis));
            }
        }
        String outcome = row.getString("outcome");
        return new IngestTry(
                row.getInt("attempt"),
                row.getString("node"),
                instant(row, "queued_at"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                outcome == null
                        ? null
                        : IngestTry.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                row.getString("reason_code"),
                row.getString("reason_detail"),
                stages,
                "ready".equals(outcome) || "held".equals(outcome) ? null : reached(stages),
                row.getObject("pages", Integer.class),
                findings(row.getString("findings")),
                row.getObject("chunks", Integer.class));
    }

    private static List<Finding> findings(@Nullable String json) {
        return json == null ? List.of() : List.of(JSON.readValue(json, Finding[].class));
    }

    /// The first that was not passed; a cut of a text that is kept begins behind parsing.
    private static @Nullable Stage reached(Map<Stage, Duration> passed) {
        List<Stage> stages = List.of(Stage.values());
        int next = 0;
        for (Stage stage : passed.keySet()) {
            next = Math.max(next, stages.indexOf(stage) + 1);
        }
        return next < stages.size() ? stages.get(next) : null;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
