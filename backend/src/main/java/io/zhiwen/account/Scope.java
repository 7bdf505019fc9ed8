package io.zhiwen.account;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a question may search: what its asker may read, narrowed to the bases they chose. Made by
/// `Access`, from the database, for one request; nothing is readable by default.
public final class Scope {

    public static final Scope NOTHING = new Scope(Set.of(), Set.of(), Map.of());

    private final Set<KnowledgeBaseId> whole;
    private final Set<KnowledgeBaseId> open;
    private final Map<Long, KnowledgeBaseId> acls;
    private final Set<KnowledgeBaseId> bases;
    private final Map<KnowledgeBaseId, Set<DocumentId>> only;
    private final Set<KnowledgeBaseId> attached;
    private final Set<Language> languages;
    private final Reach behind;
    private final @Nullable UUID assistant;

    /// @param whole bases of which everything is readable
    /// @param open other bases of which everything without rights of its own is
    /// @param acls what is readable beside, by the rights of its own it has
    Scope(Set<KnowledgeBaseId> whole, Set<KnowledgeBaseId> open, Map<Long, KnowledgeBaseId> acls) {
        this(whole, open, acls, Map.of(), Set.of(), Set.of(), Reach.of(), null);
    }

    /// @param only of which bases nothing but some documents was chosen, and which
    /// @param attached those of the bases that hold files of one chat
    /// @param languages of passages; empty for any
    /// @param behind what is seen that readers do not see yet
    /// @param assistant through which it is asked; null for none
    private Scope(
            Set<KnowledgeBaseId> whole,
            Set<KnowledgeBaseId> open,
            Map<Long, KnowledgeBaseId> acls,
            Map<KnowledgeBaseId, Set<DocumentId>> only,
            Set<KnowledgeBaseId> attached,
            Set<Language> languages,
            Reach behind,
            @Nullable UUID assistant) {
        this.whole = Set.copyOf(whole);
        this.open = Set.copyOf(open);
        this.acls = Map.copyOf(acls);
        Set<KnowledgeBaseId> all = new HashSet<>(whole);
        all.addAll(open);
        all.addAll(acls.values());
        this.bases = Set.copyOf(all);
        this.only = Map.copyOf(only);
        this.attached = Set.copyOf(attached);
        this.languages = Set.copyOf(languages);
        this.behind = behind;
        this.assistant = assistant;
    }

    /// The same for somebody who sees documents of `reach` before readers do.
    Scope seeing(Reach reach) {
        return new Scope(whole, open, acls, only, attached, languages, reach, assistant);
    }

    /// Which of its documents are seen before readers see them, because whoever has this scope may
    /// bring or change some there.
    public Reach behind() {
        return behind;
    }

    /// Of bases that are made for one evaluation and deleted with it; no user's right is involved.
    public static Scope ofThrowAway(KnowledgeBaseId... bases) {
        return new Scope(Set.of(bases), Set.of(), Map.of()).seeing(Reach.of(bases));
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
        return new Scope(
                both(whole, chosen),
                both(open, chosen),
                inside,
                Map.of(),
                Set.of(),
                languages,
                behind,
                assistant);
    }

    /// What of it is in the bases of an assistant: never more than it was.
    ///
    /// @throws NoSuchKnowledgeBase when nothing of it is
    Scope through(UUID asked, Set<KnowledgeBaseId> itsBases) {
        Set<KnowledgeBaseId> inside = both(bases, itsBases);
        if (inside.isEmpty()) {
            throw NoSuchKnowledgeBase.without(Set.of(asked));
        }
        Scope narrowed = narrowedTo(inside);
        return new Scope(
                narrowed.whole,
                narrowed.open,
                narrowed.acls,
                Map.of(),
                Set.of(),
                languages,
                behind,
                asked);
    }

    /// The assistant it is asked through; its bases are those of the scope at most.
    public Optional<UUID> assistant() {
        return Optional.ofNullable(assistant);
    }

    /// What of it is in these documents or in one of the bases taken whole.
    ///
    /// @throws NoSuchKnowledgeBase when one of the bases is not in it
    Scope narrowedTo(
            Collection<KnowledgeBaseId> chosen, Map<KnowledgeBaseId, Set<DocumentId>> documents) {
        if (documents.isEmpty()) {
            return narrowedTo(chosen);
        }
        Set<KnowledgeBaseId> both = new HashSet<>(chosen);
        both.addAll(documents.keySet());
        Scope inside = narrowedTo(both);
        Map<KnowledgeBaseId, Set<DocumentId>> parts = new HashMap<>(documents);
        parts.keySet().removeAll(chosen);
        return new Scope(
                inside.whole,
                inside.open,
                inside.acls,
                parts,
                attached,
                languages,
                behind,
                assistant);
    }

    /// What of it passes a filter: never more than it was.
    ///
    /// @param passing of the bases named here nothing but these documents, of the others everything
    /// @param spoken passages in these languages; in any where it is empty
    public Scope filtered(Map<KnowledgeBaseId, Set<DocumentId>> passing, Set<Language> spoken) {
        Map<KnowledgeBaseId, Set<DocumentId>> left = new HashMap<>(only);
        passing.forEach(
                (base, documents) ->
                        left.merge(
                                base,
                                documents,
                                (chosen, passed) ->
                                        passed.stream()
                                                .filter(chosen::contains)
                                                .collect(Collectors.toSet())));
        left.keySet().retainAll(bases);
        return new Scope(
                whole,
                open,
                acls,
                left,
                attached,
                spoken.isEmpty() ? languages : spoken,
                behind,
                assistant);
    }

    /// With files of one chat, of whose bases nothing is in it yet.
    ///
    /// @param files by base; all of a base where none is named
    Scope withAttached(Map<KnowledgeBaseId, Set<DocumentId>> files) {
        Set<KnowledgeBaseId> more = new HashSet<>(whole);
        more.addAll(files.keySet());
        Map<KnowledgeBaseId, Set<DocumentId>> parts = new HashMap<>(only);
        files.forEach(
                (base, documents) -> {
                    if (!documents.isEmpty()) {
                        parts.put(base, documents);
                    }
                });
        return new Scope(more, open, acls, parts, files.keySet(), languages, behind, assistant);
    }

    /// Those of which something is readable, be it a single document.
    public Set<KnowledgeBaseId> bases() {
        return bases;
    }

    /// Those that people chose or have a right to: what is attached to a chat is not among them.
    public Set<KnowledgeBaseId> shared() {
        Set<KnowledgeBaseId> shared = new HashSet<>(bases);
        shared.removeAll(attached);
        return shared;
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

    /// Whether whoever has this scope may read all that is in the other. What was chosen of a base
    /// counts as all that may be read of it.
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
        Set<DocumentId> documents = new HashSet<>();
        only.values().forEach(documents::addAll);
        return new Reach(whole, parts, open, acls.keySet(), only.keySet(), documents, languages);
    }

    private static Set<KnowledgeBaseId> both(
            Set<KnowledgeBaseId> some, Collection<KnowledgeBaseId> chosen) {
        Set<KnowledgeBaseId> both = new HashSet<>(some);
        both.retainAll(chosen);
        return both;
    }
}
