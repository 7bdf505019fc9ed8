package io.zhiwen.library;

import io.zhiwen.account.Scope;
import io.zhiwen.ingest.parse.Span;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.upload.BlobStore;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.LocalBlob;
import io.zhiwen.ingest.upload.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The figures of documents, as readers find them: those of the version that is live, within their
/// reach. Safe for concurrent use.
@Component
public class DocumentFigures {

    /// A passage whose figures are asked for.
    public record Passage(DocumentId document, int version, Span span) {}

    /// Of one passage; more would hide what it says.
    private static final int MOST = 4;

    /// Between two blocks of a text: a figure stands there.
    private static final int BETWEEN = 2;

    private static final String LIVE =
            """
            document d
            join knowledge_base b on b.id = d.knowledge_base_id and b.deleted_at is null
            join document_figure f on f.document_id = d.id and f.version = d.live_version
            """;

    private final ReaderDatabase readers;
    private final BlobStore blobs;

    DocumentFigures(ReaderDatabase readers, BlobStore blobs) {
        this.readers = readers;
        this.blobs = blobs;
    }

    /// Of a document, in its order; none of one that is absent or forbidden.
    public List<DocumentFigure> of(Scope scope, DocumentId document) {
        return within(scope, document, null);
    }

    public Optional<DocumentFigure> one(Scope scope, DocumentId document, int n) {
        return within(scope, document, n).stream().findFirst();
    }

    private List<DocumentFigure> within(Scope scope, DocumentId document, @Nullable Integer n) {
        return readers.within(
                scope.reach(),
                db ->
                        db.sql(
                                        """
                                        select f.* from %s
                                        where d.id = :id and d.deleted_at is null
                                          and (cast(:n as int) is null or f.n = :n) and %s
                                        order by f.n
                                        """
                                                .formatted(LIVE, Reach.CLAUSE))
                                .param("id", document.value())
                                .param("n", n)
                                .params(scope.reach().parameters())
                                .query((row, _) -> figure(row))
                                .list());
    }

    /// Of each passage those that stand in it or right beside it, else those nearest to it in its
    /// section. In the order of the passages; none of a version that is not the live one.
    public List<List<DocumentFigure>> of(Scope scope, List<Passage> passages) {
        List<List<Near>> near = new ArrayList<>();
        passages.forEach(_ -> near.add(new ArrayList<>()));
        if (!passages.isEmpty() && !scope.isEmpty()) {
            readers.within(scope.reach(), db -> near(db, scope, passages))
                    .forEach(found -> near.get(found.passage()).add(found));
        }
        return near.stream().map(DocumentFigures::nearest).toList();
    }

    /// @param distance in characters from the passage; 0 in it and right beside it
    private record Near(int passage, int distance, DocumentFigure figure) {}

    private static List<Near> near(JdbcClient db, Scope scope, List<Passage> passages) {
        return db.sql(
                        """
                        select f.*, p.number, greatest(0, p.start_at - :between - f.place,
                            f.place - p.end_at) as distance
                        from unnest(cast(:documents as uuid[]), cast(:versions as int[]),
                                cast(:starts as int[]), cast(:ends as int[]))
                            with ordinality as p (document, version, start_at, end_at, number)
                        join %s on d.id = p.document and d.live_version = p.version
                        left join lateral (
                            select c.section_start, c.section_end from chunk c
                            where c.document_id = p.document and c.version = p.version
                              and c.span_start = p.start_at and c.span_end = p.end_at
                            order by c.id limit 1) s on true
                        where d.deleted_at is null
                          and f.place between least(p.start_at, s.section_start) - :between
                              and greatest(p.end_at, s.section_end)
                          and %s
                        """
                                .formatted(LIVE, Reach.CLAUSE))
                .param("between", BETWEEN)
                .param(
                        "documents",
                        passages.stream().map(p -> p.document().value()).toArray(UUID[]::new))
                .param("versions", passages.stream().map(Passage::version).toArray(Integer[]::new))
                .param(
                        "starts",
                        passages.stream().map(p -> p.span().start()).toArray(Integer[]::new))
                .param("ends", passages.stream().map(p -> p.span().end()).toArray(Integer[]::new))
                .params(scope.reach().parameters())
                .query(
                        (row, _) ->
                                new Near(
                                        row.getInt("number") - 1,
                                        row.getInt("distance"),
                                        figure(row)))
                .list();
    }

    private static List<DocumentFigure> nearest(List<Near> all) {
        boolean touched = all.stream().anyMatch(near -> near.distance() == 0);
        return all.stream()
                .filter(near -> !touched || near.distance() == 0)
                .sorted(
                        Comparator.comparingInt(Near::distance)
                                .thenComparingInt(near -> near.figure().n()))
                .limit(MOST)
                .map(Near::figure)
                .sorted(Comparator.comparingInt(DocumentFigure::n))
                .toList();
    }

    /// Its pixels, hashed just now.
    ///
    /// @throws io.zhiwen.ingest.upload.DamagedBlob when the store has not these bytes any more
    public byte[] bytesOf(DocumentFigure figure) throws IOException {
        try (LocalBlob blob = blobs.local(figure.sha256())) {
            return Files.readAllBytes(blob.path());
        }
    }

    private static DocumentFigure figure(ResultSet row) throws SQLException {
        return new DocumentFigure(
                new DocumentId(row.getObject("document_id", UUID.class)),
                row.getInt("version"),
                row.getInt("n"),
                row.getInt("place"),
                row.getObject("page", Integer.class),
                new Sha256(row.getString("sha256")),
                row.getString("media_type"),
                row.getInt("width"),
                row.getInt("height"),
                row.getString("alt"));
    }
}
