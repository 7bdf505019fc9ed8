package io.zhiwen.library;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.store.ChunkStore;
import io.zhiwen.ingest.store.StoredChunk;
import io.zhiwen.ingest.upload.DocumentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What lies close to a passage among the vectors of its base: what a search by meaning could give
/// in its place. For those who may edit the passage, within what they may read. Safe for concurrent
/// use.
@Component
public class Neighbours {

    /// From here on a search by meaning can hardly tell two passages apart: two Chinese sentences
    /// that differ in one figure have 0.96 with the bundled encoder, two about one matter less.
    public static final double ALIKE = 0.95;

    private final Passages passages;
    private final ChunkStore chunks;
    private final VectorIndex vectors;
    private final Access access;

    Neighbours(Passages passages, ChunkStore chunks, VectorIndex vectors, Access access) {
        this.passages = passages;
        this.chunks = chunks;
        this.vectors = vectors;
        this.access = access;
    }

    /// @param similarity the cosine of the two vectors, 1 for the same
    public record Neighbour(StoredChunk stored, double similarity) {

        /// Whether a search can hardly tell it from the passage it is close to.
        public boolean isAlike() {
            return similarity >= ALIKE;
        }
    }

    /// @param closest the closest first, without the passage itself
    public record Neighbourhood(StoredChunk passage, List<Neighbour> closest) {}

    /// @return empty when there is no such passage any more
    /// @throws NoSuchDocument when the document is not there for the principal
    /// @throws io.zhiwen.account.NotAllowed when they may not edit it
    public Optional<Neighbourhood> of(Principal principal, DocumentId id, long passage, int limit) {
        return passages.one(principal, id, passage)
                .map(one -> new Neighbourhood(one, closest(principal, one, limit)));
    }

    private List<Neighbour> closest(Principal principal, StoredChunk passage, int limit) {
        Scope scope = access.everythingFor(principal);
        var reach = scope.reach().within(Set.of(passage.base()));
        List<ScoredChunk> found =
                chunks.vectorOf(passage.id())
                        .map(
                                own ->
                                        vectors.nearest(
                                                own.space(), own.vector(), reach, 2 * limit + 1))
                        .orElse(List.of());
        Map<Long, StoredChunk> live =
                chunks.live(found.stream().map(ScoredChunk::chunk).toList(), reach).stream()
                        .collect(Collectors.toMap(StoredChunk::id, Function.identity()));
        return found.stream()
                .filter(one -> one.chunk() != passage.id())
                .flatMap(
                        one ->
                                Optional.ofNullable(live.get(one.chunk()))
                                        .map(stored -> new Neighbour(stored, one.score()))
                                        .stream())
                .limit(limit)
                .toList();
    }
}
