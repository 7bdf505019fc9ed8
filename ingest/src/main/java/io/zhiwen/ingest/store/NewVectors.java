package io.zhiwen.ingest.store;

import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A base's vectors in the space to come, beside those it is searched with, and the transaction
/// that switches when no passage lacks one. Every step may be repeated, and none is lost when it is
/// interrupted. Safe for concurrent use.
public final class NewVectors {

    /// Whether a chunk `c` has a vector of the space numbered `:space`; null stands for the bundled
    /// ones, of which each chunk needs one.
    private static final String HAS =
            """
            exists (select from chunk_vector v join embedding_space s on s.id = v.space_id
                    where v.chunk_id = c.id
                      and (s.id = cast(:space as smallint)
                           or cast(:space as smallint) is null and s.probe is null))
            """;

    private final JdbcTemplate jdbc;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final EmbeddingSpaces spaces;
    private final SearchableVectors searchable;

    /// @param searchable where vectors are searched, when that is in the database; else indexes
    /// are told through the change log
    public NewVectors(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            SearchableVectors searchable) {
        this.jdbc = jdbc;
        this.db = JdbcClient.create(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.spaces = new EmbeddingSpaces(db);
        this.searchable = searchable;
    }

    /// Counts anew what is done and what there is to do.
    public void count(SpaceChange change) {
        db.sql(
                        """
                        update space_change set (done, total) = (
                            select count(*) filter (where %s), count(*)
                            from document d
                            join chunk c on c.document_id = d.id and c.version = d.live_version
                            where d.knowledge_base_id = :base and d.deleted_at is null)
                        where knowledge_base_id = :base
                        """
                                .formatted(HAS))
                .param("base", change.base().value())
                .param("space", change.space())
                .update();
    }

    /// The next document behind `after` of which a passage lacks its vector.
    public Optional<DocumentId> lacking(SpaceChange change, @Nullable DocumentId after) {
        return db.sql(
                        """
                        select d.id from document d
                        where d.knowledge_base_id = :base and d.deleted_at is null
                          and (cast(:after as uuid) is null or d.id > :after)
                          and exists (
                              select from chunk c
                              where c.document_id = d.id and c.version = d.live_version
                                and not %s)
                        order by d.id limit 1
                        """
                                .formatted(HAS))
                .param("base", change.base().value())
                .param("after", after == null ? null : after.value())
                .param("space", change.space())
                .query(UUID.class)
                .optional()
                .map(DocumentId::new);
    }

    /// The passages of a document that lack theirs, in order.
    public List<StoredChunk> passages(SpaceChange change, DocumentId document) {
        return db.sql(
                        """
                        select %s from chunk c %s and d.id = :document
                        where not %s order by c.ordinal
                        """
                                .formatted(ChunkRows.COLUMNS, ChunkRows.LIVE, HAS))
                .param("document", document.value())
                .param("space", change.space())
                .query((row, _) -> ChunkRows.chunk(row))
                .list();
    }

    /// A vector for a passage that is there already.
    public record NewVector(StoredChunk chunk, EmbeddedChunk embedded) {}

    /// Keeps vectors of passages of one document; those of a document that is gone or replaced
    /// meanwhile are not kept. Locks the document first, as everyone does.
    ///
    /// @param last whether the document is done with them, so that indexes are to take them
    /// @return false when the change is under way no more
    public boolean add(List<NewVector> vectors, boolean last) {
        StoredChunk first = vectors.getFirst().chunk();
        List<SearchableVectors.KeptVector> kept =
                vectors.stream()
                        .map(
                                one ->
                                        new SearchableVectors.KeptVector(
                                                one.chunk().id(),
                                                spaces.idOf(one.embedded().space()),
                                                one.embedded().vector()))
                        .toList();
        List<TokenRows.Row> tokens =
                vectors.stream()
                        .filter(one -> one.embedded().tokens() != null)
                        .map(
                                one ->
                                        new TokenRows.Row(
                                                one.chunk().id(),
                                                spaces.idOf(one.embedded().space()),
                                                Objects.requireNonNull(one.embedded().tokens())))
                        .toList();
        return transaction.execute(
                status -> {
                    if (isLive(first)) {
                        insert(first, kept);
                        TokenRows.insert(jdbc, tokens);
                        if (last) {
                            tellIndexes(first.document().value(), first.version());
                        }
                    }
                    boolean goesOn = progress(first.base(), vectors.size());
                    if (!goesOn) {
                        status.setRollbackOnly();
                    }
                    return goesOn;
                });
    }

    private boolean isLive(StoredChunk chunk) {
        return db.sql(
                        """
                        select 1 from document
                        where id = :id and live_version = :version and deleted_at is null for share
                        """)
                .param("id", chunk.document().value())
                .param("version", chunk.version())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void insert(StoredChunk first, List<SearchableVectors.KeptVector> vectors) {
        jdbc.batchUpdate(
                """
                insert into chunk_vector (chunk_id, space_id, vector) values (?, ?, ?)
                on conflict do nothing
                """,
                vectors,
                vectors.size(),
                (statement, one) -> {
                    statement.setLong(1, one.chunk());
                    statement.setInt(2, one.space());
                    statement.setBytes(3, Vectors.toBytes(one.vector()));
                });
        searchable.add(new Attempt(first.document(), first.base(), first.version(), 0), vectors);
    }

    private boolean progress(KnowledgeBaseId base, int vectors) {
        return db.sql(
                                """
                                update space_change set done = done + :vectors, waits_for = null
                                where knowledge_base_id = :base and state = 'building'
                                """)
                        .param("vectors", vectors)
                        .param("base", base.value())
                        .update()
                == 1;
    }

    /// Switches, unless a passage that can be found still lacks its vector. Whoever publishes waits
    /// for it, and publishes for the new space.
    ///
    /// @return whether it has
    public boolean complete(SpaceChange change) {
        KnowledgeBaseId base = change.base();
        return transaction.execute(
                _ -> {
                    lock(base);
                    if (lacking(change, null).isPresent()) {
                        return false;
                    }
                    int switched =
                            db.sql(
                                            """
                                            update space_change
                                            set state = 'switched', switched_at = now(), done = total,
                                                switched = pg_current_xact_id()
                                            where knowledge_base_id = :base and state = 'building'
                                              and target_id is not distinct from cast(:space as smallint)
                                            """)
                                    .param("base", base.value())
                                    .param("space", change.space())
                                    .update();
                    if (switched == 1) {
                        db.sql(
                                        """
                                        update knowledge_base set space_id = cast(:space as smallint)
                                        where id = :base
                                        """)
                                .param("space", change.space())
                                .param("base", base.value())
                                .update();
                        tellIndexes(base.value(), null); // so that they reach this transaction
                    }
                    return switched == 1;
                });
    }

    /// Takes away the vectors of some documents behind `after` in spaces the base is not searched
    /// in.
    ///
    /// @return the last document that was looked at; empty when there are no more
    public Optional<DocumentId> clear(KnowledgeBaseId base, @Nullable DocumentId after) {
        Optional<DocumentId> document =
                db.sql(
                                """
                                select id from document where knowledge_base_id = :base
                                  and (cast(:after as uuid) is null or id > :after)
                                order by id limit 1
                                """)
                        .param("base", base.value())
                        .param("after", after == null ? null : after.value())
                        .query(UUID.class)
                        .optional()
                        .map(DocumentId::new);
        document.ifPresent(one -> transaction.executeWithoutResult(_ -> clear(one)));
        return document;
    }

    private void clear(DocumentId document) {
        List<Integer> versions = new ArrayList<>();
        db.sql("select live_version from document where id = :id for share")
                .param("id", document.value())
                .query(
                        row -> {
                            versions.add(row.getInt(1));
                        });
        int gone =
                db.sql(
                                """
                                delete from chunk_vector v
                                using chunk c, knowledge_base b, embedding_space s
                                where c.document_id = :document and v.chunk_id = c.id
                                  and b.id = c.knowledge_base_id and s.id = v.space_id
                                  and s.id is distinct from b.space_id
                                  and not (b.space_id is null and s.probe is null)
                                """)
                        .param("document", document.value())
                        .update();
        if (gone > 0 && !versions.isEmpty()) {
            tellIndexes(document.value(), versions.getFirst());
        }
    }

    private void lock(KnowledgeBaseId base) {
        db.sql("select 1 from knowledge_base where id = :base for update")
                .param("base", base.value())
                .query(Integer.class)
                .optional();
    }

    /// Where the database itself searches vectors, indexes follow words only.
    private void tellIndexes(UUID document, @Nullable Integer version) {
        if (searchable != SearchableVectors.NONE) {
            return;
        }
        db.sql("delete from index_change where document_id = :document")
                .param("document", document)
                .update();
        db.sql("insert into index_change (document_id, version) values (:document, :version)")
                .param("document", document)
                .param("version", version)
                .update();
    }
}
