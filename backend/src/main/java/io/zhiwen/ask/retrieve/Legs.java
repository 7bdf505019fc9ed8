package io.zhiwen.ask.retrieve;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.translate.Translation;
import io.zhiwen.ask.translate.Translator;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.store.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every leg at once, each within its budget. Safe for concurrent use.
public final class Legs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Legs.class);

    /// For how many of its budgets the first leg is waited for where none has searched in time:
    /// a late answer is better than none.
    private static final int PATIENCE = 4;

    private final KeywordIndex keyword;
    private final VectorIndex vectors;
    private final Encoders encoders;
    private final Translator translator = new Translator();
    /// Encoders and Lucene keep a core busy: on virtual threads one question could starve another.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("leg-", 0).factory());

    public Legs(KeywordIndex keyword, VectorIndex vectors, Encoders encoders) {
        this.keyword = keyword;
        this.vectors = vectors;
        this.encoders = encoders;
    }

    /// Words and the space of the question's language; where the scope holds passages in the other
    /// language, also the question's translation, with that language's words and space. The other
    /// space is asked the untranslated question only where it could not be translated and nothing
    /// is held in its own language. A leg that fails is missing and says so, as is one over its
    /// budget once another has searched; that all of them fail is no answer but an error.
    ///
    /// @throws SearchUnavailable when no leg could search
    public Searched search(Question question, RetrievalProfile profile) {
        Encoder spoken = encoders.of(Language.of(question.text()));
        Future<Optional<Translation>> translating = threads.submit(() -> translated(question));
        List<Pending> pending =
                List.of(byWords(question, profile), byMeaning(spoken, spoken, question, profile));
        Optional<Translation> translation = finish(translating, profile.legBudget());
        List<Pending> translated =
                translation.map(said -> inTranslation(said, question, profile)).orElse(List.of());
        awaitFirst(pending, profile);
        List<Leg> legs = finish(pending, profile);
        Leg meaning = legs.getLast();
        if (translation.isEmpty()
                && meaning.missing() == null
                && meaning.ranking().hits().isEmpty()) {
            List<Pending> others =
                    encoders.all().stream()
                            .filter(encoder -> encoder != spoken)
                            .map(encoder -> byMeaning(encoder, spoken, question, profile))
                            .toList();
            legs = Stream.concat(legs.stream(), finish(others, profile).stream()).toList();
        }
        return new Searched(
                atLeastOne(legs), translation.orElse(null), finish(translated, profile));
    }

    /// Empty where the scope holds nothing in the other language, or the dictionary has none of the
    /// question's words.
    private Optional<Translation> translated(Question question) {
        Language other = Language.of(question.text()) == Language.ZH ? Language.EN : Language.ZH;
        Reach reach = question.scope().reach();
        return vectors.holds(encoders.of(other).space(), reach)
                ? translator
                        .translate(question.text(), other)
                        .map(said -> said.in(keyword.inContext(said.rendering(), reach)))
                : Optional.empty();
    }

    /// A question that cannot be translated in time is searched as it is.
    private static Optional<Translation> finish(
            Future<Optional<Translation>> translating, Duration atMost) {
        try {
            return translating.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            translating.cancel(true);
            log.warn("translating took longer than {}", atMost);
        } catch (ExecutionException e) {
            log.error("translating failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private List<Pending> inTranslation(
            Translation said, Question question, RetrievalProfile profile) {
        Reach reach = question.scope().reach();
        Rendering words = said.rendering();
        Encoder encoder = encoders.of(said.to());
        return List.of(
                start(
                        Leg.Kind.KEYWORD,
                        true,
                        Leg.TRANSLATED + "keyword",
                        () -> {
                            long since = System.nanoTime();
                            List<ScoredChunk> found =
                                    keyword.search(words, reach, profile.candidates());
                            return new Result(hits(found), keyword.ceiling(words), since(since));
                        }),
                start(
                        Leg.Kind.VECTOR,
                        true,
                        Leg.TRANSLATED + "vector:" + encoder.space().model(),
                        () -> nearest(encoder, said.text(), reach, profile)));
    }

    /// Words and every space, for those who compare them.
    ///
    /// @throws SearchUnavailable when no leg could search
    public List<Leg> searchAll(Question question, RetrievalProfile profile) {
        Encoder spoken = encoders.of(Language.of(question.text()));
        List<Pending> pending = new ArrayList<>();
        pending.add(byWords(question, profile));
        for (Encoder encoder : encoders.all()) {
            pending.add(byMeaning(encoder, spoken, question, profile));
        }
        awaitFirst(pending, profile);
        return atLeastOne(finish(pending, profile));
    }

    @Override
    public void close() {
        threads.close();
    }

    private record Result(List<Hit> hits, double ceiling, Duration took) {}

    @FunctionalInterface
    private interface Search {
        Result run();
    }

    private record Pending(
            Leg.Kind kind,
            boolean speaksQuestion,
            String name,
            long since,
            Future<Result> result,
            CompletableFuture<Boolean> searched) {}

    private Pending start(Leg.Kind kind, boolean speaksQuestion, String name, Search search) {
        var searched = new CompletableFuture<Boolean>();
        Future<Result> result =
                threads.submit(
                        () -> {
                            try {
                                Result found = search.run();
                                searched.complete(true);
                                return found;
                            } finally {
                                searched.complete(false);
                            }
                        });
        return new Pending(kind, speaksQuestion, name, System.nanoTime(), result, searched);
    }

    private Pending byWords(Question question, RetrievalProfile profile) {
        return start(
                Leg.Kind.KEYWORD,
                true,
                "keyword",
                () -> {
                    long since = System.nanoTime();
                    List<ScoredChunk> found =
                            keyword.search(
                                    question.text(),
                                    question.scope().reach(),
                                    profile.candidates());
                    double ceiling = keyword.ceiling(question.text());
                    return new Result(hits(found), ceiling, since(since));
                });
    }

    private Pending byMeaning(
            Encoder encoder, Encoder spoken, Question question, RetrievalProfile profile) {
        return start(
                Leg.Kind.VECTOR,
                encoder == spoken,
                "vector:" + encoder.space().model(),
                () -> nearest(encoder, question.text(), question.scope().reach(), profile));
    }

    private Result nearest(Encoder encoder, String text, Reach reach, RetrievalProfile profile) {
        long since = System.nanoTime();
        List<ScoredChunk> found =
                vectors.nearest(
                        encoder.space(),
                        encoder.embed(SearchText.fold(text)),
                        reach,
                        profile.candidates());
        return new Result(hits(found), 1, since(since));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private List<Leg> finish(List<Pending> pending, RetrievalProfile profile) {
        return pending.stream().map(leg -> finish(leg, profile.legBudget())).toList();
    }

    /// Until one has searched, or all have failed.
    private static void awaitFirst(List<Pending> pending, RetrievalProfile profile) {
        Duration atMost = profile.legBudget().multipliedBy(PATIENCE);
        var first = new CompletableFuture<@Nullable Void>();
        for (Pending leg : pending) {
            leg.searched()
                    .thenAccept(
                            could -> {
                                if (could) {
                                    first.complete(null);
                                }
                            });
        }
        CompletableFuture.allOf(
                        pending.stream().map(Pending::searched).toArray(CompletableFuture[]::new))
                .thenRun(() -> first.complete(null));
        try {
            first.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.warn("no leg has searched within {}", atMost);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Leg> atLeastOne(List<Leg> legs) {
        if (legs.stream().allMatch(leg -> leg.missing() != null)) {
            throw new SearchUnavailable("no leg could search: " + legs.getFirst().missing());
        }
        return legs;
    }

    private static List<Hit> hits(List<ScoredChunk> found) {
        return found.stream().map(chunk -> new Hit(chunk.chunk(), chunk.score())).toList();
    }

    private static Leg finish(Pending leg, Duration atMost) {
        long budget = atMost.toNanos() - (System.nanoTime() - leg.since());
        try {
            Result result =
                    leg.searched().isDone()
                            ? leg.result().get()
                            : leg.result().get(Math.max(0, budget), TimeUnit.NANOSECONDS);
            return new Leg(
                    leg.kind(),
                    leg.speaksQuestion(),
                    new Ranking(leg.name(), result.hits()),
                    result.ceiling(),
                    result.took(),
                    null);
        } catch (TimeoutException e) {
            leg.result().cancel(true);
            log.warn("{} took longer than {}", leg.name(), atMost);
            return missing(leg, "over its budget of " + atMost.toMillis() + " ms");
        } catch (ExecutionException e) {
            log.error("{} failed", leg.name(), e.getCause());
            return missing(leg, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return missing(leg, "interrupted");
        }
    }

    private static Leg missing(Pending leg, String why) {
        return new Leg(
                leg.kind(),
                leg.speaksQuestion(),
                new Ranking(leg.name(), List.of()),
                1,
                Duration.ofNanos(System.nanoTime() - leg.since()),
                why);
    }
}
