package io.zhiwen.library;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Documents that lack what is made of each in the ingest by now: they were ingested before, or
/// came with an import. It is made from what was understood of them.
@Component
final class OldDocuments {

    private static final int AT_ONCE = 100;

    /// Makes it of one version, so that it lacks it no more.
    interface Work {
        /// @param understood empty where that is not kept
        void on(DocumentId document, int version, Optional<CleanDocument> understood);
    }

    private record Live(DocumentId document, int version) {}

    private final JdbcClient db;
    private final ChunkStore chunks;
    private final int atOnce;

    @Autowired
    OldDocuments(JdbcClient db, ChunkStore chunks) {
        this(db, chunks, AT_ONCE);
    }

    OldDocuments(JdbcClient db, ChunkStore chunks, int atOnce) {
        this.db = db;
        this.chunks = chunks;
        this.atOnce = atOnce;
    }

    /// Comes by each of them once, so it ends whatever the work does. What a version has tells that
    /// it is done: killed at any moment, the next call goes on.
    ///
    /// @param table with a row for each version that has it
    /// @param scheme in which it is made today, where the table says that of its rows
    void each(String table, @Nullable Integer scheme, Work work) {
        var some = after(new UUID(0, 0), table, scheme);
        while (!some.isEmpty()) {
            for (Live one : some) {
                work.on(one.document, one.version, chunks.content(one.document, one.version));
            }
            some = after(some.getLast().document.value(), table, scheme);
        }
    }

    private List<Live> after(UUID last, String table, @Nullable Integer scheme) {
        return db.sql(
                        """
                        select d.id, d.live_version from document d
                        where d.deleted_at is null and d.live_version is not null and d.id > :last
                          and not exists (select from %s made
                              where made.document_id = d.id and made.version = d.live_version%s)
                        order by d.id limit :most
                        """
                                .formatted(
                                        table,
                                        scheme == null ? "" : " and made.scheme = " + scheme))
                .param("last", last)
                .param("most", atOnce)
                .query(
                        (row, _) ->
                                new Live(
                                        new DocumentId(row.getObject("id", UUID.class)),
                                        row.getInt("live_version")))
                .list();
    }
}
