package io.zhiwen.evaluate.inspect;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A chunk that a leg found, and what became of it.
///
/// @param source null when it may not be shown: deleted, replaced or elsewhere
/// @param places in the rankings of the legs, in their order
/// @param fusedRank from 1
/// @param lateInteraction what the reranker said; null when it was not asked or ran out of time
/// @param rank at the search's end, from 1; null when it did not get so far
/// @param relevance null likewise
/// @param folded passages that it stands for: they say the same in older near-duplicates
/// @param before a passage it was put in front of, because its document supersedes that one's;
/// null where it was not
/// @param twin put behind others because it says the same as a better one
public record Candidate(
        long chunk,
        @Nullable StoredChunk source,
        List<Place> places,
        int fusedRank,
        Fused.Signals signals,
        @Nullable Double lateInteraction,
        @Nullable Integer rank,
        @Nullable Double relevance,
        List<StoredChunk> folded,
        @Nullable StoredChunk before,
        boolean twin,
        Fate fate) {

    /// It and what it stands for, without what may not be shown.
    public Stream<StoredChunk> sources() {
        return Stream.concat(Stream.ofNullable(source), folded.stream());
    }

    /// Where a leg found it.
    ///
    /// @param rank from 1; null when this leg did not find it
    public record Place(String leg, @Nullable Integer rank, @Nullable Double score) {}

    /// How far it got.
    public enum Fate {
        /// The answer is made from it.
        SENT,
        /// Relevant, but the prompt was full.
        NO_ROOM,
        /// Less relevant than an answer's passages have to be.
        TOO_WEAK,
        /// Not even the best passage was relevant enough: the question is refused.
        REFUSED,
        /// Behind as many passages as an answer may have.
        BEHIND,
        /// Another candidate says the same in a newer near-duplicate of its document.
        FOLDED,
        /// Too far behind after the fusion to be looked at again.
        NOT_CARRIED,
        /// Deleted, replaced or elsewhere.
        GONE
    }

    public Candidate {
        places = List.copyOf(places);
        folded = List.copyOf(folded);
    }
}
