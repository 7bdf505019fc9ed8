package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Set;

/// The bases a question may search: what its asker may read, narrowed to what they chose. Made only
/// by `Access`, from the database, for one request; nothing is readable by default.
public final class Scope {

    private final Set<KnowledgeBaseId> bases;

    Scope(Set<KnowledgeBaseId> bases) {
        this.bases = Set.copyOf(bases);
    }

    public Set<KnowledgeBaseId> bases() {
        return bases;
    }

    public boolean allows(KnowledgeBaseId base) {
        return bases.contains(base);
    }

    public boolean isEmpty() {
        return bases.isEmpty();
    }
}
