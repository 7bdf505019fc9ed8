package io.zhiwen.ingest.store;

import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Which documents of a base say nearly the same. Safe for concurrent use.
public final class NearDuplicates {

    /// The similarity from which documents are near-duplicates where nothing else is set.
    public static final double USUAL = 0.85;

    /// So many are compared with one; a base with more copies of a text than that says so anyway.
    private static final int MOST = 200;

    /// So many are named where one is held for being like them.
    private static final int MOST_NAMED = 3;

    /// A document in force that is nearly the same as another.
    ///
    /// @param similarity which share of the one is in the other, estimated
    /// @param newer than the other
    public record Alike(DocumentId document, String name, double similarity, boolean newer) {

        /// Rounded down: not everything is the same where anything is not.
        public int percent() {
            return (int) (similarity * 100);
        }

        /// What pages say it by, as `finding.<code>`.
        public String code() {
            return newer ? "near_duplicate.newer" : "near_duplicate.older";
        }
    }

    /// What a document is compared by.
    ///
    /// @param superseded whether somebody named another in its place
    /// @param came when its content did; a new cut of the same content makes it no newer
    public record Compared(
            DocumentId document,
            KnowledgeBaseId base,
            Likeness likeness,
            boolean superseded,
            Instant came) {

        /// Whether the two are of one base and near-duplicates.
        public boolean isNearly(Compared other, double from) {
            return base.equals(other.base) && likeness.to(other.likeness) >= from;
        }

        /// Of two, the one to be read instead of the other comes first.
        public static final Comparator<Compared> NEWEST_FIRST =
                Comparator.comparing(Compared::superseded)
                        .thenComparing(Compared::came, Comparator.reverseOrder())
                        .thenComparing(one -> one.document().value());
    }

    private static final String COMPARED =
            """
            select d.id, d.knowledge_base_id, l.least, d.superseded_by is not null as superseded,
                (select min(same.uploaded_at) from document_version same
                 where same.document_id = v.document_id and same.sha256 = v.sha256) as came
            from document_likeness l
            join document d
                on d.id = l.document_id and d.live_version = l.version and d.deleted_at is null
            join document_version v on v.document_id = l.document_id and v.version = l.version
            where l.scheme = :scheme and l.least <> '{}' and\s""";

    private final JdbcClient db;
    private final ReaderDatabase readers;
    private final boolean enabled;
    private final double from;

    /// @param enabled false: there are none
    /// @param from the similarity from which two documents are near-duplicates
    public NearDuplicates(JdbcClient db, ReaderDatabase readers, boolean enabled, double from) {
        if (from <= 0 || from > 1) {
            throw new IllegalArgumentException("documents are alike from 0 to 1, not " + from);
        }
        this.db = db;
        this.readers = readers;
        this.enabled = enabled;
        this.from = from;
    }

    /// Those in force, in this reach and of the document's base that are nearly the same, the most
    /// similar first. What is out of reach is neither named nor counted.
    public List<Alike> of(DocumentId document, Reach reach) {
        Compared one = compared(List.of(document)).get(document);
        if (one == null || reach.isEmpty()) {
            return List.of();
        }
        List<Compared> alike = near(one, reach);
        Map<DocumentId, String> names = names(alike, reach);
        return alike.stream()
                .filter(other -> names.containsKey(other.document()))
                .map(
                        other ->
                                new Alike(
                                        other.document(),
                                        Objects.requireNonNull(names.get(other.document())),
                                        one.likeness().to(other.likeness()),
                                        Compared.NEWEST_FIRST.compare(other, one) < 0))
                .sorted(
                        Comparator.comparingDouble(Alike::similarity)
                                .reversed()
                                .thenComparing(Alike::name)
                                .thenComparing(other -> other.document().value()))
                .toList();
    }

    /// Which documents in force of the attempt's base are nearly the same as a version of this
    /// likeness, the most similar first; rights are the caller's.
    public List<HoldReason> of(Attempt attempt, Likeness likeness) {
        if (!enabled || likeness.isNone()) {
            return List.of();
        }
        var one = new Compared(attempt.document(), attempt.base(), likeness, false, Instant.EPOCH);
        return near(one, Reach.of(attempt.base())).stream()
                .sorted(Comparator.comparingDouble(other -> -likeness.to(other.likeness())))
                .limit(MOST_NAMED)
                .map(
                        other ->
                                HoldReason.alike(
                                        other.document().value(),
                                        (int) (likeness.to(other.likeness()) * 100)))
                .toList();
    }

    /// What these documents are compared by; rights are the caller's. Empty where near-duplicates
    /// are not looked for.
    public Map<DocumentId, Compared> compared(Collection<DocumentId> documents) {
        if (!enabled || documents.isEmpty()) {
            return Map.of();
        }
        return rows(db.sql(COMPARED + "d.id = any(:ids)")
                        .param(
                                "ids",
                                documents.stream().map(DocumentId::value).toArray(UUID[]::new)))
                .collect(Collectors.toMap(Compared::document, Function.identity()));
    }

    /// The similarity from which two documents of a base are near-duplicates.
    public double from() {
        return from;
    }

    /// An array of those worth comparing, not a join with them: the database takes too many rows
    /// for alike, and would read the whole base instead.
    private List<Compared> near(Compared one, Reach reach) {
        return rows(db.sql(
                                COMPARED
                                        + """
                                        d.id = any(array(
                                            select document_id from document_likeness
                                            where bands && :bands))
                                          and d.knowledge_base_id = :base
                                          and d.id <> :document and %s and %s
                                        order by d.updated_at desc, d.id limit :most"""
                                                .formatted(Reach.IN_FORCE, Reach.CLAUSE))
                        .param("bands", one.likeness().bands())
                        .param("base", one.base().value())
                        .param("document", one.document().value())
                        .params(reach.parameters())
                        .param("most", MOST))
                .filter(other -> one.isNearly(other, from))
                .toList();
    }

    /// As their readers may see them.
    private Map<DocumentId, String> names(List<Compared> documents, Reach reach) {
        if (documents.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = documents.stream().map(one -> one.document().value()).toArray(UUID[]::new);
        return readers.within(
                reach,
                reader ->
                        reader
                                .sql(
                                        "select d.id, d.name from document d where d.id = any(:ids) and "
                                                + Reach.CLAUSE)
                                .param("ids", ids)
                                .params(reach.parameters())
                                .query(
                                        (row, _) ->
                                                Map.entry(
                                                        new DocumentId(
                                                                row.getObject("id", UUID.class)),
                                                        row.getString("name")))
                                .list()
                                .stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Stream<Compared> rows(JdbcClient.StatementSpec statement) {
        return statement
                .param("scheme", Likeness.SCHEME)
                .query((row, _) -> row(row))
                .list()
                .stream();
    }

    private static Compared row(ResultSet row) throws SQLException {
        Integer[] least = (Integer[]) row.getArray("least").getArray();
        return new Compared(
                new DocumentId(row.getObject("id", UUID.class)),
                new KnowledgeBaseId(row.getObject("knowledge_base_id", UUID.class)),
                new Likeness(Stream.of(least).mapToInt(Integer::intValue).toArray()),
                row.getBoolean("superseded"),
                row.getObject("came", OffsetDateTime.class).toInstant());
    }
}
