package io.zhiwen.library;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.likeness.Likenesses;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.LikenessRows;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Makes what documents are compared by for those that were ingested before, or came with an
/// import, from what was understood of them. Killed at any moment it goes on the next time.
@Component
final class OldLikenesses {

    private static final int AT_ONCE = 100;

    private final JdbcClient db;
    private final ChunkStore chunks;
    private final LikenessRows rows;
    private final Likenesses likenesses = new Likenesses(SearchText::words);

    OldLikenesses(JdbcClient db, ChunkStore chunks) {
        this.db = db;
        this.chunks = chunks;
        this.rows = new LikenessRows(db);
    }

    private record Live(DocumentId document, int version) {}

    void run() {
        for (var some = unread(); !some.isEmpty(); some = unread()) {
            some.forEach(this::read);
        }
    }

    private List<Live> unread() {
        return db.sql(
                        """
                        select d.id, d.live_version from document d
                        where d.deleted_at is null and d.live_version is not null
                          and not exists (select 1 from document_likeness l
                              where l.document_id = d.id and l.version = d.live_version
                                and l.scheme = :scheme)
                        limit :most
                        """)
                .param("scheme", Likeness.SCHEME)
                .param("most", AT_ONCE)
                .query(
                        (row, _) ->
                                new Live(
                                        new DocumentId(row.getObject("id", UUID.class)),
                                        row.getInt("live_version")))
                .list();
    }

    private void read(Live live) {
        var likeness =
                chunks.content(live.document, live.version)
                        .map(likenesses::of)
                        .orElse(Likeness.NONE);
        rows.replace(live.document, live.version, likeness);
    }
}
