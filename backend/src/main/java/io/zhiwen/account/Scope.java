package io.zhiwen.account;

import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What a question may search: what its asker may read, narrowed to the bases they chose. Made by
/// `Access`, from the database, for one request; nothing is readable by default.
public final class Scope {

    private final Set<KnowledgeBaseId> whole;
    private final Set<KnowledgeBaseId> open;
    private final Map<Long, KnowledgeBaseId> acls;
    private final Set<KnowledgeBaseId> bases;

    /// @param whole bases of which everything is readable
    /// @param open other bases of which everything without rights of its own is
    /// @param acls what is readable beside, by the rights of its own it has
    Scope(Set<KnowledgeBaseId> whole, Set<KnowledgeBaseId> open, Map<Long, KnowledgeBaseId> acls) {
        this.whole = Set.copyOf(whole);
        this.open = Set.copyOf(open);
        this.acls = Map.copyOf(acls);
        Set<KnowledgeBaseId> all = new HashSet<>(whole);
        all.addAll(open);
        all.addAll(acls.values());
        this.bases = Set.copyOf(all);
    }

    /// Of a base that is made for one evaluation and deleted with it; no user's right is involved.
    public static Scope ofThrowAway(KnowledgeBaseId base) {
        return new Scope(Set.of(base), Set.of(), Map.of());
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
        Map<Long, KnowledgeBaseId> inside = new HashMap<>(acls);
        inside.values().retainAll(chosen);
        return new Scope(both(whole, chosen), both(open, chosen), inside);
    }

    /// Those of which something is readable, be it a single document.
    public Set<KnowledgeBaseId> bases() {
        return bases;
    }

    /// Whether something of the base is readable.
    public boolean allows(KnowledgeBaseId base) {
        return bases.contains(base);
    }

    /// Whether everything of the base is.
    public boolean allowsAll(KnowledgeBaseId base) {
        return whole.contains(base);
    }

    /// Whether what has these rights of its own is readable.
    ///
    /// @param acl or `Reach.NO_ACL`
    public boolean allows(KnowledgeBaseId base, long acl) {
        return whole.contains(base)
                || (acl == Reach.NO_ACL ? open.contains(base) : base.equals(acls.get(acl)));
    }

    /// Whether whoever has this scope may read all that is in the other.
    public boolean covers(Scope other) {
        return whole.containsAll(other.whole)
                && other.open.stream().allMatch(base -> allows(base, Reach.NO_ACL))
                && other.acls.entrySet().stream()
                        .allMatch(acl -> allows(acl.getValue(), acl.getKey()));
    }

    public boolean isEmpty() {
        return bases.isEmpty();
    }

    /// As searches take it.
    public Reach reach() {
        Set<KnowledgeBaseId> parts = new HashSet<>(bases);
        parts.removeAll(whole);
        return new Reach(whole, parts, open, acls.keySet());
    }

    private static Set<KnowledgeBaseId> both(
            Set<KnowledgeBaseId> some, Collection<KnowledgeBaseId> chosen) {
        Set<KnowledgeBaseId> both = new HashSet<>(some);
        both.retainAll(chosen);
        return both;
    }
}
