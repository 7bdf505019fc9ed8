package io.zhiwen.ingest.store;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.embed.EmbeddingSpace;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Reads what was published. Safe for concurrent use.
public final class ChunkStore {

    private static final String ALIVE =
            "select %s from chunk c %s where c.id = any(:ids) and %s and %s"
                    .formatted(ChunkRows.COLUMNS, ChunkRows.FOUND, Reach.CLAUSE, Reach.SPOKEN);

    private static final String HOLDING =
            """
            select %s from chunk c %s
            where c.knowledge_base_id = :base and c.id > :after
              and strpos(lower(c.text), lower(:words)) > 0 and %s
            order by c.id limit :limit
            """
                    .formatted(ChunkRows.COLUMNS, ChunkRows.LIVE, Reach.CLAUSE);

    private final JdbcClient db;
    private final ReaderDatabase readers;

    public ChunkStore(JdbcClient db, ReaderDatabase readers) {
        this.db = db;
        this.readers = readers;
    }

    /// Those of the chunks that can be found in this reach now, in the order of `ids`. Whatever an
    /// index says, nothing that is deleted, replaced, out of use, out of reach or elsewhere comes
    /// through here.
    public List<StoredChunk> live(Collection<Long> ids, Reach reach) {
        if (ids.isEmpty() || reach.isEmpty()) {
            return List.of();
        }
        List<StoredChunk> there =
                readers.within(
                        reach,
                        reader ->
                                reader.sql(ALIVE)
                                        .param("ids", ids.toArray(Long[]::new))
                                        .params(reach.parameters())
                                        .query((row, _) -> ChunkRows.chunk(row))
                                        .list());
        Map<Long, StoredChunk> found =
                there.stream().collect(Collectors.toMap(StoredChunk::id, Function.identity()));
        return ids.stream().distinct().filter(found::containsKey).map(found::get).toList();
    }

    /// What was understood of a version, live or superseded; empty when nothing was published or
    /// the document is deleted. Rights are the caller's.
    public Optional<CleanDocument> content(DocumentId document, int version) {
        return db.sql(
                        """
                        select content from document_content c
                        join document d on d.id = c.document_id and d.deleted_at is null
                        where c.document_id = :document and c.version = :version
                        """)
                .param("document", document.value())
                .param("version", version)
                .query(String.class)
                .optional()
                .map(ContentJson::read);
    }

    /// From when each of the documents is in force, or else when the file of its live version came
    /// in (UTC); a version made by cutting the file anew is as old as its file. Rights are the
    /// caller's.
    public Map<DocumentId, LocalDate> dates(Collection<DocumentId> documents) {
        Map<DocumentId, LocalDate> dates = new HashMap<>();
        db.sql(
                        """
                        select d.id, coalesce(d.valid_from, (
                            select (v.uploaded_at at time zone 'UTC')::date from document_version v
                            where v.document_id = d.id and v.version <= d.live_version
                              and v.content_of is null
                            order by v.version desc limit 1)) as dated
                        from document d
                        where d.id = any(:ids) and d.live_version is not null
                        """)
                .param("ids", documents.stream().map(DocumentId::value).toArray(UUID[]::new))
                .query(
                        row -> {
                            dates.put(
                                    new DocumentId(row.getObject("id", UUID.class)),
                                    row.getObject("dated", LocalDate.class));
                        });
        return dates;
    }

    /// Of the documents, those that others of them supersede, directly or by way of more, with all
    /// of these others. Rights are the caller's.
    public Map<DocumentId, Set<DocumentId>> successors(Collection<DocumentId> documents) {
        Map<DocumentId, Set<DocumentId>> successors = new HashMap<>();
        db.sql(
                        """
                        with recursive replaced as (
                            select d.id as older, d.superseded_by as newer from document d
                            where d.id = any(:ids) and d.superseded_by is not null
                            union
                            select r.older, d.superseded_by from replaced r
                            join document d on d.id = r.newer
                            where d.superseded_by is not null)
                        select older, newer from replaced
                        where newer = any(:ids) and newer <> older
                        """)
                .param("ids", documents.stream().map(DocumentId::value).toArray(UUID[]::new))
                .query(
                        row -> {
                            successors
                                    .computeIfAbsent(
                                            new DocumentId(row.getObject("older", UUID.class)),
                                            _ -> new HashSet<>())
                                    .add(new DocumentId(row.getObject("newer", UUID.class)));
                        });
        return successors;
    }

    /// What a chunk is found by in the space its base is searched in.
    public record SearchedVector(EmbeddingSpace space, float[] vector) {}

    /// Empty while the base changes to a space in which it has none yet. Rights are the caller's.
    public Optional<SearchedVector> vectorOf(long chunk) {
        return db.sql(
                        """
                        select s.model, s.sha256, s.dimension, v.vector
                        from chunk c
                        join knowledge_base b on b.id = c.knowledge_base_id
                        join chunk_vector v on v.chunk_id = c.id
                        join embedding_space s on s.id = v.space_id
                        where c.id = :chunk
                          and (s.id = b.space_id or b.space_id is null and s.probe is null)
                        """)
                .param("chunk", chunk)
                .query(
                        (row, _) ->
                                new SearchedVector(
                                        new EmbeddingSpace(
                                                row.getString("model"),
                                                row.getString("sha256"),
                                                row.getInt("dimension")),
                                        Vectors.toFloats(row.getBytes("vector"))))
                .optional();
    }

    /// Live chunks of a base that hold the words, capitals or not, by id from `after` on. Documents
    /// that are out of use are among them.
    public List<StoredChunk> holding(
            KnowledgeBaseId base, String words, long after, int limit, Reach reach) {
        return readers.within(
                reach,
                reader ->
                        reader.sql(HOLDING)
                                .param("base", base.value())
                                .param("words", words)
                                .param("after", after)
                                .param("limit", limit)
                                .params(reach.parameters())
                                .query((row, _) -> ChunkRows.chunk(row))
                                .list());
    }

    /// A published version's chunks in order; none once a newer version has replaced it. Rights are
    /// the caller's.
    public List<StoredChunk> chunksOf(DocumentId document, int version) {
        return db.sql(
                        """
                        select %s from chunk c %s
                        where c.document_id = :document and c.version = :version
                        order by c.ordinal
                        """
                                .formatted(ChunkRows.COLUMNS, ChunkRows.LIVE))
                .param("document", document.value())
                .param("version", version)
                .query((row, _) -> ChunkRows.chunk(row))
                .list();
    }
}
