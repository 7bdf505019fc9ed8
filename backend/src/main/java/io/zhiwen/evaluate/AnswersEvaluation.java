package io.zhiwen.evaluate;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.AnswerSettings;
import io.zhiwen.ask.HybridRetrieval;
import io.zhiwen.ask.Selection;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.rerank.PassageTokens;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ask.stream.ExtractiveAnswer;
import io.zhiwen.ask.stream.ExtractiveEngine;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.store.StoredChunk;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Asks every question of a set whose answer is known of the engine that answers without a model:
/// of the passages of the document that holds the answer, and of whatever the product's retrieval
/// finds. For one thread.
final class AnswersEvaluation implements AutoCloseable {

    private final EvaluationSet set;
    private final ThrowAwayBase base;
    private final HybridRetrieval retrieval;
    private final ExtractiveEngine engine;
    private final AnswerSettings settings;

    /// Ingests the set's documents into a throw-away base.
    ///
    /// @throws UnusableSet when a document yields no text
    AnswersEvaluation(
            EvaluationSet set, RetrievalProfile profile, AnswerSettings settings, Encoders encoders)
            throws IOException, InterruptedException {
        this.set = set;
        this.settings = settings;
        this.base = ThrowAwayBase.of(set, encoders);
        this.retrieval =
                new HybridRetrieval(
                        base.index(),
                        base.index(),
                        encoders,
                        base.live(),
                        base.folding(),
                        Profiles.patient(profile));
        this.engine =
                new ExtractiveEngine(
                        encoders,
                        new PassageTokens(
                                PassageTokens.Kept.NOTHING, profile.tokenCache().toBytes()));
    }

    AnswersReport run() {
        var given = new AnswersHeld();
        var asked = new AnswersHeld();
        var found = new AnswersHeld();
        for (EvaluationSet.Question known : set.questions()) {
            if (known.relevant().isEmpty() || known.answers().isEmpty()) {
                continue;
            }
            Question question = question(known.text());
            given.add(known.answers(), engine.answer(question, holders(known)));
            List<Passage> kept = kept(question);
            ExtractiveAnswer answer = engine.answer(question, kept);
            asked.add(known.answers(), answer);
            if (isAmong(known.relevant(), kept)) {
                found.add(known.answers(), answer);
            }
        }
        return new AnswersReport(set.name(), given, asked, found);
    }

    @Override
    public void close() {
        retrieval.destroy();
        base.close();
    }

    /// As relevant as can be.
    private List<Passage> holders(EvaluationSet.Question known) {
        return known.relevant().stream()
                .sorted()
                .flatMap(document -> base.chunksOf(document).stream())
                .sorted(Comparator.comparingLong(StoredChunk::id))
                .map(chunk -> new Passage(chunk, 1, 1))
                .toList();
    }

    /// What the product would answer from.
    private List<Passage> kept(Question question) {
        List<Passage> found = retrieval.find(question, settings.passages(), new Trace.Recorder());
        return Selection.of(found, settings).kept();
    }

    private boolean isAmong(Set<String> relevant, List<Passage> passages) {
        Set<Long> ids =
                passages.stream().map(passage -> passage.source().id()).collect(Collectors.toSet());
        return base.documents(List.copyOf(ids)).stream().anyMatch(relevant::contains);
    }

    private static Question question(String text) {
        return new Question(text, text, Language.of(text), Scope.ofThrowAway(ThrowAwayBase.ID));
    }
}
