package io.zhiwen.account;

import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.Set;

/// The bases a question may search: what its asker may read, narrowed to what they chose. Made
/// by `Access`, from the database, for one request; nothing is readable by default.
public final class Scope {

    private final Set<KnowledgeBaseId> bases;

    Scope(Set<KnowledgeBaseId> bases) {
        this.bases = Set.copyOf(bases);
    }

    /// Of a base that is made for one evaluation and deleted with it; no user's right is involved.
    public static Scope ofThrowAway(KnowledgeBaseId base) {
        return new Scope(Set.of(base));
    }

    /// What of it is in `chosen`; all of it when `chosen` is empty.
    ///
    /// @throws NoSuchKnowledgeBase when one of them is not in it
    Scope narrowedTo(Collection<KnowledgeBaseId> chosen) {
        if (chosen.isEmpty()) {
            return this;
        }
        for (var base : chosen) {
            if (!bases.contains(base)) {
                throw new NoSuchKnowledgeBase(base);
            }
        }
        return new Scope(Set.copyOf(chosen));
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
