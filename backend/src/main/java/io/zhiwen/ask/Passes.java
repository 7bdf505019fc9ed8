package io.zhiwen.ask;

import io.zhiwen.ask.fuse.Fused;
import io.zhiwen.ask.fuse.Fusion;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Folding;
import io.zhiwen.ask.rerank.Relevance;
import io.zhiwen.ask.rerank.Reordering;
import io.zhiwen.ask.rerank.Rerankers;
import io.zhiwen.ask.retrieve.Calibration;
import io.zhiwen.ask.retrieve.Leg;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.retrieve.Searched;
import io.zhiwen.ask.translate.Translation;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.store.StoredChunk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fuses what the legs found, loads it, and has it read again.
record Passes(Loading loading, Rerankers rerankers) {

    /// As asked, translated, or both, by what the scope holds. Where it holds both, the passages in
    /// the question's language are read first and the others in half as much time again.
    Pass of(
            Question question,
            Searched searched,
            int limit,
            RetrievalProfile profile,
            Stopwatch watch) {
        Translation translation = searched.translation();
        Reach reach = question.scope().reach();
        if (translation == null) {
            return read(Reading.asAsked(question, searched), limit, profile, watch);
        }
        var translated =
                new Reading(
                        question.gist(),
                        translation.text(),
                        searched.translated(),
                        reach,
                        translation.to(),
                        translation.sentence() == null);
        if (!searched.speaksQuestion()) {
            return read(translated, limit, profile, watch);
        }
        var asked = Reading.asAsked(question, searched);
        Pass own = read(asked, limit, profile, watch);
        return own.joined(read(translated, limit, profile.halved(), watch));
    }

    /// @param language of the passages it is about; null for any
    /// @param byWords whether its words are alternatives and it is no sentence
    private record Reading(
            String asked,
            String text,
            List<Leg> legs,
            Reach reach,
            @Nullable Language language,
            boolean byWords) {

        static Reading asAsked(Question question, Searched searched) {
            return new Reading(
                    question.gist(),
                    question.gist(),
                    searched.asked(),
                    question.scope().reach(),
                    null,
                    false);
        }

        boolean takes(StoredChunk chunk) {
            return language == null || chunk.chunk().language() == language;
        }

        Relevance relevance(Calibration calibration) {
            return new Relevance(byWords ? calibration.translated() : calibration.asked());
        }
    }

    private Pass read(Reading reading, int limit, RetrievalProfile profile, Stopwatch watch) {
        Fused fused = Fusion.fuse(reading.legs());
        watch.lap("fuse");

        Folding.Folded folded =
                loading.first(
                        reading.asked(),
                        fused,
                        Math.max(profile.reranked(), limit),
                        reading.reach(),
                        reading::takes);
        List<StoredChunk> candidates = folded.kept();
        watch.lap("load");

        List<StoredChunk> reread =
                candidates.subList(0, Math.min(profile.reranked(), candidates.size()));
        Rerankers.Reread said = rerankers.read(reading.asked(), reading.text(), reread, profile);
        watch.lap("rerank");
        return new Pass(
                fused,
                candidates,
                folded.folded(),
                reread.size(),
                said.kind(),
                said.instead(),
                said.scores(),
                Reordering.reorder(
                        candidates,
                        reread.size(),
                        fused,
                        said,
                        reading.relevance(profile.calibration())));
    }
}
