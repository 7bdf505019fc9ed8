package io.zhiwen.ingest.store;

import io.zhiwen.ingest.chunk.ChunkEdits;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.doubt.HoldReason;
import io.zhiwen.ingest.failpoint.Failpoint;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.table.DataTable;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Builds a version where no reader sees it and makes it live in one transaction. Every step asks
/// whether the attempt still counts and throws `AttemptLost` when it does not; the row it asks is
/// locked until the step is committed, so a worker that was declared dead changes nothing. Safe for
/// concurrent use.
public final class Publishing {

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final EmbeddingSpaces spaces;
    private final VersionState state;
    private final ChunkInserts rows;
    private final TableRows tableRows;
    private final LikenessRows likenesses;
    private final FigureRows figures;
    private final SearchableVectors searchable;
    private final Holds holds;

    public Publishing(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this(jdbc, transactions, SearchableVectors.NONE);
    }

    /// @param searchable where vectors are searched, when that is in the database
    public Publishing(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            SearchableVectors searchable) {
        this.db = JdbcClient.create(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.spaces = new EmbeddingSpaces(db);
        this.state = new VersionState(db);
        this.rows = new ChunkInserts(jdbc);
        this.tableRows = new TableRows(jdbc);
        this.likenesses = new LikenessRows(db);
        this.figures = new FigureRows(db);
        this.searchable = searchable;
        this.holds = new Holds(db);
    }

    /// What people changed of the document's passages.
    public ChunkEdits edits(DocumentId document) {
        return ChunkEditRows.of(db, document);
    }

    /// The figures of the version that this one is only a new cut of.
    public List<StoredFigure> figuresOfContent(Attempt attempt) {
        return figures.ofContent(attempt.document(), attempt.version());
    }

    /// Says how many pages of a long file are read by now.
    public void read(Attempt attempt, int pages, int of) {
        state.read(attempt, pages, of);
    }

    /// Keeps what was understood and announces how many chunks will follow. Whatever an earlier
    /// attempt left behind is forgotten.
    public void begin(
            Attempt attempt,
            ParsedDocument parsed,
            CleanDocument clean,
            List<DataTable> tables,
            Likeness likeness,
            int chunks) {
        begin(attempt, parsed, clean, tables, likeness, List.of(), chunks);
    }

    /// The same of a document with figures.
    public void begin(
            Attempt attempt,
            ParsedDocument parsed,
            CleanDocument clean,
            List<DataTable> tables,
            Likeness likeness,
            List<StoredFigure> figures,
            int chunks) {
        String content = ContentJson.write(clean);
        transaction.executeWithoutResult(
                _ -> {
                    state.understood(attempt, parsed, clean, chunks);
                    db.sql("delete from chunk where document_id = :document and version = :version")
                            .param("document", attempt.document().value())
                            .param("version", attempt.version())
                            .update();
                    db.sql(
                                    """
                                    insert into document_content (document_id, version, content)
                                    values (:document, :version, :content)
                                    on conflict (document_id, version) do update set content = excluded.content
                                    """)
                            .param("document", attempt.document().value())
                            .param("version", attempt.version())
                            .param("content", content)
                            .update();
                    new ScannedPages(db).replace(attempt, parsed.scans());
                    tableRows.replace(attempt.document(), attempt.version(), tables);
                    this.figures.replace(attempt, figures);
                    likenesses.replace(attempt.document(), attempt.version(), likeness);
                });
    }

    /// Adds chunks, each of them once.
    public void add(Attempt attempt, List<EmbeddedChunk> chunks) {
        List<Integer> spaceIds = chunks.stream().map(chunk -> spaces.idOf(chunk.space())).toList();
        transaction.executeWithoutResult(
                _ -> {
                    state.progress(attempt, chunks.size());
                    searchable.add(attempt, rows.insert(attempt, chunks, spaceIds));
                    Failpoint.BEFORE_CHUNK_COMMIT.pass();
                });
        Failpoint.AFTER_CHUNK_COMMIT.pass();
    }

    /// From the commit of this transaction on, readers find this version and no other.
    ///
    /// @throws OtherSpace when its base is searched in another space meanwhile
    public void publish(Attempt attempt) {
        boolean _ = publish(attempt, List.of());
    }

    /// The same, unless something speaks against it, or somebody put the document into quarantine:
    /// then the version is held for review, and readers find what they found before.
    ///
    /// @return whether readers find it
    /// @throws OtherSpace when its base is searched in another space meanwhile
    public boolean publish(Attempt attempt, List<HoldReason> against) {
        return transaction.execute(
                _ -> {
                    state.requireVectorsOfItsBase(attempt);
                    if (!state.lockDocument(attempt)) {
                        throw new AttemptLost(attempt);
                    }
                    List<HoldReason> reasons =
                            holds.standing(attempt.document(), attempt.version(), against);
                    if (!reasons.isEmpty()) {
                        state.finish(attempt, "held");
                        holds.hold(attempt.document(), attempt.version(), reasons, null);
                        return false;
                    }
                    holds.supersede(attempt.document());
                    state.makeLive(attempt);
                    state.finish(attempt, "ready");
                    state.tellIndexes(attempt);
                    return true;
                });
    }

    /// Has readers find the version that was held, as a part of the caller's transaction, which has
    /// locked the document.
    ///
    /// @param held by its document and version; any attempt
    /// @return false when it has no vectors of the space that its base is searched in by now
    public boolean release(Attempt held) {
        if (!state.hasVectorsOfItsBase(held)) {
            return false;
        }
        state.makeLive(held);
        state.tellIndexes(held);
        return true;
    }
}
