package io.zhiwen.evaluate.golden;

import io.zhiwen.account.Scope;
import io.zhiwen.ask.Profile;
import io.zhiwen.evaluate.Figures;
import io.zhiwen.evaluate.Reliability;
import io.zhiwen.evaluate.inspect.Candidate;
import io.zhiwen.evaluate.inspect.Inspection;
import io.zhiwen.evaluate.inspect.Inspector;
import io.zhiwen.ingest.store.StoredChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Asks one golden question as the chat would and measures what is found. The search has all the
/// time it wants: a figure must not depend on what else the machine does.
@Component
class Asking {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SHOWN = 300;
    private static final int JUDGED = 10;

    private final Inspector inspector;

    Asking(Inspector inspector) {
        this.inspector = inspector;
    }

    QuestionResult ask(GoldenQuestion question, Scope scope, Profile profile) {
        long since = System.nanoTime();
        Inspection seen = inspector.inspect(question.text(), scope, patient(profile));
        double millis = (System.nanoTime() - since) / 1e6;
        List<Candidate> candidates = seen.candidates();
        Expectation expected = new Expectation(question);
        @Nullable Candidate met = question.answerable() ? met(candidates, expected) : null;
        return new QuestionResult(
                question.id(),
                question.text(),
                question.answerable(),
                seen.refused(),
                new QuestionResult.Measured(
                        question.answerable() ? figures(candidates, expected) : null,
                        met == null ? null : met.rank(),
                        seen.bestRelevance(),
                        millis,
                        met == null ? null : trail(met, seen),
                        first(candidates),
                        judged(candidates, expected, question.answerable())));
    }

    private static @Nullable Candidate met(List<Candidate> candidates, Expectation expected) {
        for (Candidate candidate : candidates) {
            if (candidate.sources().anyMatch(expected::isMetBy)) {
                return candidate;
            }
        }
        return null;
    }

    /// Documents, best first, each once; only what got to the end of the search.
    private static Figures figures(List<Candidate> candidates, Expectation expected) {
        Figures.Sum sum = new Figures.Sum();
        List<String> keys =
                candidates.stream()
                        .filter(one -> one.rank() != null)
                        .flatMap(Candidate::sources)
                        .map(expected::key)
                        .distinct()
                        .toList();
        sum.add(keys, expected.relevant());
        return sum.mean();
    }

    private static QuestionResult.Trail trail(Candidate met, Inspection seen) {
        var legs = seen.steps().getFirst().legs();
        @Nullable Integer words = null;
        @Nullable Integer meaning = null;
        for (int i = 0; i < legs.size(); i++) {
            Integer rank = met.places().get(i).rank();
            switch (legs.get(i).kind()) {
                case KEYWORD -> words = rank;
                case VECTOR -> {
                    if (rank != null && (meaning == null || legs.get(i).speaksQuestion())) {
                        meaning = rank;
                    }
                }
            }
        }
        StoredChunk source = met.source();
        return new QuestionResult.Trail(
                source == null ? "" : source.documentName(),
                words,
                meaning,
                met.fusedRank(),
                met.lateInteraction(),
                met.rank(),
                met.fate().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// In the order of the search's end.
    private static List<Reliability.Judged> judged(
            List<Candidate> candidates, Expectation expected, boolean answerable) {
        List<Reliability.Judged> judged = new ArrayList<>();
        for (Candidate one : candidates) {
            Double relevance = one.relevance();
            if (relevance != null && judged.size() < JUDGED) {
                judged.add(
                        new Reliability.Judged(
                                relevance,
                                answerable && one.sources().anyMatch(expected::isMetBy)));
            }
        }
        return judged;
    }

    private static QuestionResult.@Nullable First first(List<Candidate> candidates) {
        StoredChunk source = candidates.isEmpty() ? null : candidates.getFirst().source();
        if (source == null) {
            return null;
        }
        String text = source.chunk().text().replaceAll("\\s+", " ");
        int end =
                text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
        return new QuestionResult.First(source.id(), source.documentName(), text.substring(0, end));
    }

    private static Profile patient(Profile profile) {
        return new Profile(profile.retrieval().patient(PATIENCE), profile.answers());
    }
}
