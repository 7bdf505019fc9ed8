package io.zhiwen.source;

import static io.zhiwen.source.SourceTable.instant;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.source.place.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads runs and their reports.
@Component
final class RunTable {

    /// Counted from the report, so that a run that another node went on with counts right.
    static final String TALLY =
            """
            select count(*) filter (where what = 'added') as added,
                count(*) filter (where what = 'changed') as changed,
                count(*) filter (where what = 'deleted') as deleted,
                count(*) filter (where what = 'left_out') as left_out,
                count(*) filter (where what = 'missing') as missing
            from source_report where run_id = r.id
            """;

    private static final String ROWS =
            """
            select r.*, r.id as run_id, t.* from source_run r cross join lateral (%s) t
            where r.source_id = :source
            """
                    .formatted(TALLY);

    private final JdbcClient db;

    RunTable(JdbcClient db) {
        this.db = db;
    }

    /// Newest first.
    List<RunRow> of(SourceId source, int limit) {
        return db.sql(ROWS + " order by r.asked_at desc, r.id limit :limit")
                .param("source", source.value())
                .param("limit", limit)
                .query((row, _) -> row(row))
                .list();
    }

    Optional<RunRow> one(SourceId source, UUID run) {
        return db.sql(ROWS + " and r.id = :run")
                .param("source", source.value())
                .param("run", run)
                .query((row, _) -> row(row))
                .optional();
    }

    /// By address.
    ///
    /// @param what null for all
    /// @param from how many to leave out
    List<ReportLine> report(UUID run, @Nullable What what, int from, int limit) {
        return db.sql(
                        """
                        select p.address, p.what, p.reason, p.detail, d.id as document
                        from source_report p
                        left join document d on d.id = p.document_id and d.deleted_at is null
                        where p.run_id = :run and (:what = '' or p.what = :what)
                        order by p.address collate "C" offset :from limit :limit
                        """)
                .param("run", run)
                .param("what", what == null ? "" : what.word())
                .param("from", from)
                .param("limit", limit)
                .query(
                        (row, _) -> {
                            String reason = row.getString("reason");
                            UUID document = row.getObject("document", UUID.class);
                            return new ReportLine(
                                    row.getString("address"),
                                    What.valueOf(row.getString("what").toUpperCase(Locale.ROOT)),
                                    reason == null ? null : Reason.named(reason),
                                    row.getString("detail"),
                                    document == null ? null : new DocumentId(document));
                        })
                .list();
    }

    static RunRow row(ResultSet row) throws SQLException {
        return new RunRow(
                row.getObject("run_id", UUID.class),
                new SourceId(row.getObject("source_id", UUID.class)),
                Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                row.getString("asked_by"),
                RunRow.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getInt("same"),
                row.getInt("added"),
                row.getInt("changed"),
                row.getInt("deleted"),
                row.getInt("left_out"),
                row.getInt("missing"),
                row.getString("reason"),
                row.getString("detail"));
    }
}
