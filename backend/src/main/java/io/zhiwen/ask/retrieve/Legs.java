package io.zhiwen.ask.retrieve;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ask.translate.Translation;
import io.zhiwen.ask.translate.Translator;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Embedder;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.KeywordHits;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.Rendering;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.store.Reach;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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
    private final ServedBases served;
    private final Translator translator = new Translator();
    /// Encoders and Lucene keep a core busy: on virtual threads one question could starve another.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("leg-", 0).factory());

    /// Of bases that are searched with the bundled encoders alone.
    public Legs(KeywordIndex keyword, VectorIndex vectors, Encoders encoders) {
        this(keyword, vectors, encoders, ServedBases.NONE);
    }

    public Legs(KeywordIndex keyword, VectorIndex vectors, Encoders encoders, ServedBases served) {
        this.keyword = keyword;
        this.vectors = vectors;
        this.encoders = encoders;
        this.served = served;
    }

    /// Words and the space of the question's language, and of bases with a space of their own that.
    /// Where the others hold passages in the other language, also the question's translation, with
    /// that language's words and space. The other space is asked the untranslated question only
    /// where it could not be translated and nothing is held in its own language. A leg that fails
    /// is missing and says so, as is one over its budget once another has searched; that all of
    /// them fail is no answer but an error.
    ///
    /// @throws SearchUnavailable when no leg could search
    public Searched search(Question question, RetrievalProfile profile) {
        Encoder spoken = encoders.of(Language.of(question.gist()));
        Reach reach = question.scope().reach();
        List<PendingLeg> pending = new ArrayList<>();
        pending.add(byWords(question, profile));
        Map<KnowledgeBaseId, Embedder> own = served.of(reach.bases());
        Reach bundled = own.isEmpty() ? reach : reach.without(own.keySet());
        pending.addAll(inOwnSpaces(own, question, profile));
        if (bundled.isEmpty()) {
            PendingLeg.awaitFirst(pending, profile.legBudget().multipliedBy(PATIENCE));
            return new Searched(atLeastOne(finish(pending, profile)), null, List.of());
        }
        Future<Foreign> translating = threads.submit(() -> foreign(question, bundled));
        pending.add(byMeaning(spoken, spoken, question, bundled, profile));
        Optional<Translation> translation =
                translated(question, finish(translating, profile.legBudget()));
        List<PendingLeg> translated =
                translation.map(said -> inTranslation(said, bundled, profile)).orElse(List.of());
        PendingLeg.awaitFirst(pending, profile.legBudget().multipliedBy(PATIENCE));
        List<Leg> legs = finish(pending, profile);
        Leg meaning = legs.getLast();
        if (translation.isEmpty()
                && meaning.missing() == null
                && meaning.ranking().hits().isEmpty()) {
            List<PendingLeg> others =
                    encoders.all().stream()
                            .filter(encoder -> encoder != spoken)
                            .map(encoder -> byMeaning(encoder, spoken, question, bundled, profile))
                            .toList();
            legs = Stream.concat(legs.stream(), finish(others, profile).stream()).toList();
        }
        return new Searched(
                atLeastOne(legs), translation.orElse(null), finish(translated, profile));
    }

    /// One leg a space. Its model knows languages, so that nothing is translated for it.
    private List<PendingLeg> inOwnSpaces(
            Map<KnowledgeBaseId, Embedder> own, Question question, RetrievalProfile profile) {
        Map<Embedder, Set<KnowledgeBaseId>> bases = new LinkedHashMap<>();
        own.forEach(
                (base, embedder) ->
                        bases.computeIfAbsent(embedder, _ -> new HashSet<>()).add(base));
        List<PendingLeg> pending = new ArrayList<>();
        bases.forEach(
                (embedder, of) -> {
                    Reach within = question.scope().reach().within(of);
                    pending.add(
                            PendingLeg.start(
                                    threads,
                                    Leg.Kind.VECTOR,
                                    true,
                                    "vector:" + embedder.space().model(),
                                    () -> nearest(embedder, question.gist(), within, profile)));
                });
        return pending;
    }

    private Foreign foreign(Question question, Reach reach) {
        Language other = other(question);
        return vectors.holds(encoders.of(other).space(), reach)
                ? new Foreign(
                        true,
                        translator
                                .translate(question.gist(), other)
                                .map(said -> said.in(keyword.inContext(said.rendering(), reach))))
                : Foreign.NOTHING;
    }

    /// By the interpreter of the question, who is asked on its own thread while the first legs
    /// search; else by the dictionary.
    private static Optional<Translation> translated(Question question, Foreign foreign) {
        Language other = other(question);
        return foreign.held()
                ? question.interpreter()
                        .say(question.gist(), other)
                        .map(sentence -> Translation.said(other, sentence))
                        .or(foreign::byWords)
                : Optional.empty();
    }

    private static Language other(Question question) {
        return Language.of(question.gist()) == Language.ZH ? Language.EN : Language.ZH;
    }

    /// A question that cannot be translated in time is searched as it is.
    private static Foreign finish(Future<Foreign> translating, Duration atMost) {
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
        return Foreign.NOTHING;
    }

    private List<PendingLeg> inTranslation(
            Translation said, Reach reach, RetrievalProfile profile) {
        Rendering words = said.rendering();
        Encoder encoder = encoders.of(said.to());
        return List.of(
                PendingLeg.start(
                        threads,
                        Leg.Kind.KEYWORD,
                        true,
                        Leg.TRANSLATED + "keyword",
                        () -> {
                            long since = System.nanoTime();
                            return found(keyword.search(words, reach, profile.candidates()), since);
                        }),
                PendingLeg.start(
                        threads,
                        Leg.Kind.VECTOR,
                        true,
                        Leg.TRANSLATED + "vector:" + encoder.space().model(),
                        () -> nearest(encoder, said.text(), reach, profile)));
    }

    /// Words and every space, for those who compare them.
    ///
    /// @throws SearchUnavailable when no leg could search
    public List<Leg> searchAll(Question question, RetrievalProfile profile) {
        Encoder spoken = encoders.of(Language.of(question.gist()));
        Reach reach = question.scope().reach();
        List<PendingLeg> pending = new ArrayList<>();
        pending.add(byWords(question, profile));
        for (Encoder encoder : encoders.all()) {
            pending.add(byMeaning(encoder, spoken, question, reach, profile));
        }
        PendingLeg.awaitFirst(pending, profile.legBudget().multipliedBy(PATIENCE));
        return atLeastOne(finish(pending, profile));
    }

    @Override
    public void close() {
        threads.close();
    }

    private PendingLeg byWords(Question question, RetrievalProfile profile) {
        return PendingLeg.start(
                threads,
                Leg.Kind.KEYWORD,
                true,
                "keyword",
                () -> {
                    long since = System.nanoTime();
                    return found(
                            keyword.search(
                                    question.text(),
                                    question.scope().reach(),
                                    profile.candidates()),
                            since);
                });
    }

    private PendingLeg byMeaning(
            Encoder encoder,
            Encoder spoken,
            Question question,
            Reach reach,
            RetrievalProfile profile) {
        return PendingLeg.start(
                threads,
                Leg.Kind.VECTOR,
                encoder == spoken,
                "vector:" + encoder.space().model(),
                () -> nearest(encoder, question.gist(), reach, profile));
    }

    private PendingLeg.Result nearest(
            Embedder embedder, String text, Reach reach, RetrievalProfile profile) {
        long since = System.nanoTime();
        List<Hit> hits =
                vectors
                        .nearest(
                                embedder.space(),
                                embedder.question(text),
                                reach,
                                profile.candidates())
                        .stream()
                        .map(one -> new Hit(one.chunk(), embedder.comparable(one.score())))
                        .toList();
        return new PendingLeg.Result(hits, 1, since(since));
    }

    private PendingLeg.Result nearest(
            Encoder encoder, String text, Reach reach, RetrievalProfile profile) {
        long since = System.nanoTime();
        List<ScoredChunk> found =
                vectors.nearest(
                        encoder.space(),
                        encoder.embed(SearchText.fold(text)),
                        reach,
                        profile.candidates());
        return new PendingLeg.Result(hits(found), 1, since(since));
    }

    private static PendingLeg.Result found(KeywordHits words, long since) {
        return new PendingLeg.Result(hits(words.chunks()), words.ceiling(), since(since));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private List<Leg> finish(List<PendingLeg> pending, RetrievalProfile profile) {
        return pending.stream().map(leg -> leg.finish(profile.legBudget())).toList();
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
}
