package io.zhiwen.library;

import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
@SuppressWarnings("DoNotCallSuggester")
final class Documents {

    DocumentPage page(Scope s, KnowledgeBaseId b, @Nullable String c, int l) {
        throw new UnsupportedOperationException();
    }

    Optional<DocumentRow> one(Scope s, DocumentId d) {
        throw new UnsupportedOperationException();
    }

    boolean cancel(Principal p, DocumentId d) {
        throw new UnsupportedOperationException();
    }

    boolean retry(Principal p, DocumentId d) {
        throw new UnsupportedOperationException();
    }

    boolean delete(Principal p, DocumentId d) {
        throw new UnsupportedOperationException();
    }

    Optional<CleanDocument> content(Scope s, DocumentId d, int v) {
        throw new UnsupportedOperationException();
    }

    List<StoredChunk> chunks(Scope s, DocumentId d, int v) {
        throw new UnsupportedOperationException();
    }

    Optional<Original> original(Scope s, DocumentId d, int v) {
        throw new UnsupportedOperationException();
    }
}
