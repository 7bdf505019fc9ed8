package io.zhiwen.library;

import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
@SuppressWarnings("DoNotCallSuggester")
final class Bases {

    KnowledgeBase create(Principal p, String name) {
        throw new UnsupportedOperationException();
    }

    List<KnowledgeBase> all(Scope s) {
        throw new UnsupportedOperationException();
    }

    Optional<KnowledgeBase> one(Scope s, KnowledgeBaseId id) {
        throw new UnsupportedOperationException();
    }

    void rename(Principal p, KnowledgeBaseId id, String name) {
        throw new UnsupportedOperationException();
    }

    void delete(Principal p, KnowledgeBaseId id) {
        throw new UnsupportedOperationException();
    }
}
