package io.zhiwen.evaluate.inspect;

import io.zhiwen.ask.RetrievalSteps;
import io.zhiwen.ask.Selection;
import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.Hit;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.evaluate.inspect.Candidate.Fate;
import io.zhiwen.evaluate.inspect.Candidate.Place;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the fate of each candidate out of the steps of a search; for one search.
final class Candidates {

    private static final Fused.Signals SILENCE = new Fused.Signals(0, 0, false, 0);

    private final RetrievalSteps steps;
    private final Map<Long, Fate> fates = new HashMap<>();
    private final Map<Long, Integer> fusedRanks;
    private final Map<Long, Integer> reordered;
    private final List<Map<Long, Place>> legs;
    private final Set<Long> folded;

    private Candidates(RetrievalSteps steps, Selection selection, List<Passage> sent) {
        this.steps = steps;
        this.fusedRanks = ranks(steps.fused().ranking().hits().stream().map(Hit::chunk).toList());
        this.reordered = ranks(ids(steps.reordered()));
        this.legs = steps.legs().stream().map(Candidates::places).toList();
        this.folded =
                steps.folded().values().stream()
                        .flatMap(List::stream)
                        .map(StoredChunk::id)
                        .collect(Collectors.toSet());
        List<Long> read = ids(sent);
        for (Selection.Judged judged : selection.passages()) {
            long chunk = judged.passage().source().id();
            fates.put(
                    chunk,
                    switch (judged.verdict()) {
                        case KEPT -> read.contains(chunk) ? Fate.SENT : Fate.NO_ROOM;
                        case TOO_WEAK -> Fate.TOO_WEAK;
                        case NOTHING_ENOUGH -> Fate.REFUSED;
                    });
        }
    }

    static List<Candidate> of(RetrievalSteps steps, Selection selection, List<Passage> sent) {
        return new Candidates(steps, selection, sent).all();
    }

    private List<Candidate> all() {
        List<Candidate> all = new ArrayList<>();
        List<Passage> ordered = steps.ordered();
        for (int i = 0; i < ordered.size(); i++) {
            all.add(ranked(ordered.get(i), i + 1));
        }
        List<Long> done = ids(ordered);
        for (Hit hit : steps.fused().ranking().hits()) {
            if (!done.contains(hit.chunk())) {
                all.add(unranked(hit.chunk()));
            }
        }
        return all;
    }

    private Candidate ranked(Passage passage, int rank) {
        long chunk = passage.source().id();
        return new Candidate(
                chunk,
                passage.source(),
                places(chunk),
                fusedRanks.getOrDefault(chunk, 0),
                signals(chunk),
                steps.scores().get(chunk),
                rank,
                passage.relevance(),
                passage.folded(),
                steps.before().get(chunk),
                rank > reordered.getOrDefault(chunk, rank),
                fates.getOrDefault(chunk, Fate.BEHIND));
    }

    private Candidate unranked(long chunk) {
        var source = steps.live().get(chunk);
        return new Candidate(
                chunk,
                source,
                places(chunk),
                fusedRanks.getOrDefault(chunk, 0),
                signals(chunk),
                null,
                null,
                null,
                List.of(),
                null,
                false,
                source == null
                        ? Fate.GONE
                        : folded.contains(chunk) ? Fate.FOLDED : Fate.NOT_CARRIED);
    }

    private Fused.Signals signals(long chunk) {
        return steps.fused().signals().getOrDefault(chunk, SILENCE);
    }

    private List<Place> places(long chunk) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < legs.size(); i++) {
            @Nullable Place place = legs.get(i).get(chunk);
            String leg = steps.legs().get(i).ranking().leg();
            places.add(place == null ? new Place(leg, null, null) : place);
        }
        return places;
    }

    private static Map<Long, Place> places(Leg leg) {
        Map<Long, Place> places = new HashMap<>();
        List<Hit> hits = leg.ranking().hits();
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            places.put(hit.chunk(), new Place(leg.ranking().leg(), i + 1, hit.score()));
        }
        return places;
    }

    private static Map<Long, Integer> ranks(List<Long> chunks) {
        Map<Long, Integer> ranks = new HashMap<>();
        for (int i = 0; i < chunks.size(); i++) {
            ranks.put(chunks.get(i), i + 1);
        }
        return ranks;
    }

    private static List<Long> ids(List<Passage> passages) {
        return passages.stream().map(passage -> passage.source().id()).toList();
    }
}
