package io.zhiwen.library;

import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.likeness.Likeness;
import io.zhiwen.ingest.likeness.Likenesses;
import io.zhiwen.ingest.store.LikenessRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Makes what documents are compared by for those that have none.
@Component
final class OldLikenesses {

    private final OldDocuments documents;
    private final LikenessRows rows;
    private final Likenesses likenesses = new Likenesses(SearchText::words);

    OldLikenesses(OldDocuments documents, JdbcClient db) {
        this.documents = documents;
        this.rows = new LikenessRows(db);
    }

    void run() {
        documents.each(
                "document_likeness",
                Likeness.SCHEME,
                (document, version, understood) ->
                        rows.replace(
                                document,
                                version,
                                understood.map(likenesses::of).orElse(Likeness.NONE)));
    }
}
