package io.zhiwen.ask.rerank;

import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Puts the best passage of a document in front of those of the documents it supersedes, where both
/// are near the question: who asks reads the new one first. What the old one alone says is still
/// found behind it. Safe for concurrent use.
public final class Succession {

    /// What became of the order.
    ///
    /// @param before the passages that moved up, by id, each with the superseded one it is now in
    /// front of
    /// @param firsts the best passages of all documents that supersede others of these
    public record Ordered(List<Passage> passages, Map<Long, StoredChunk> before, Set<Long> firsts) {

        public Ordered {
            passages = List.copyOf(passages);
            before = Map.copyOf(before);
            firsts = Set.copyOf(firsts);
        }
    }

    /// Leaves every order as it is.
    public static final Succession NONE = new Succession(_ -> Map.of());

    /// Less relevant passages are nearest only because nothing is near.
    private static final double NEAR = 0.05;

    private final Function<Collection<DocumentId>, Map<DocumentId, Set<DocumentId>>> successors;

    /// @param successors of those documents that others of them supersede, directly or by way of
    /// more; `ChunkStore::successors`
    public Succession(
            Function<Collection<DocumentId>, Map<DocumentId, Set<DocumentId>>> successors) {
        this.successors = successors;
    }

    /// @param passages best first, all of which the asker may read
    public Ordered order(List<Passage> passages) {
        var documents =
                passages.stream().map(one -> one.source().document()).collect(Collectors.toSet());
        Map<DocumentId, Set<DocumentId>> known =
                documents.size() < 2 ? Map.of() : successors.apply(documents);
        return known.isEmpty()
                ? new Ordered(passages, Map.of(), Set.of())
                : new Line(known, best(passages, known)).of(passages);
    }

    /// Of each document that supersedes another, the best passage that is near the question.
    private static Map<DocumentId, Passage> best(
            List<Passage> passages, Map<DocumentId, Set<DocumentId>> known) {
        Set<DocumentId> newer =
                known.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        Map<DocumentId, Passage> best = new HashMap<>();
        passages.stream()
                .filter(one -> one.relevance() >= NEAR)
                .filter(one -> newer.contains(one.source().document()))
                .forEach(one -> best.putIfAbsent(one.source().document(), one));
        return best;
    }

    /// One order in the making.
    private static final class Line {

        private final Map<DocumentId, Set<DocumentId>> successors;
        private final Map<DocumentId, Passage> best;
        private final Map<Long, Passage> placed = new LinkedHashMap<>();
        private final Map<Long, StoredChunk> before = new HashMap<>();

        Line(Map<DocumentId, Set<DocumentId>> successors, Map<DocumentId, Passage> best) {
            this.successors = successors;
            this.best = best;
        }

        Ordered of(List<Passage> passages) {
            for (Passage passage : passages) {
                newest(passage.source().document()).forEach(newer -> place(newer, passage));
                placed.putIfAbsent(passage.source().id(), passage);
            }
            return new Ordered(
                    new ArrayList<>(placed.values()),
                    before,
                    best.values().stream()
                            .map(one -> one.source().id())
                            .collect(Collectors.toSet()));
        }

        /// Best passages of what supersedes the document, those first that supersede the others.
        private Set<Passage> newest(DocumentId document) {
            Set<Passage> newest = new LinkedHashSet<>();
            gather(document, newest, new HashSet<>());
            return newest;
        }

        private void gather(DocumentId document, Set<Passage> into, Set<DocumentId> seen) {
            if (!seen.add(document)) {
                return;
            }
            for (DocumentId newer : successors.getOrDefault(document, Set.of())) {
                gather(newer, into, seen);
                var passage = best.get(newer);
                if (passage != null) {
                    into.add(passage);
                }
            }
        }

        private void place(Passage newer, Passage older) {
            long id = newer.source().id();
            if (id != older.source().id() && !placed.containsKey(id)) {
                double score = Math.max(newer.score(), older.score());
                placed.put(
                        id, new Passage(newer.source(), score, newer.relevance(), newer.folded()));
                before.put(id, older.source());
            }
        }
    }
}
