package io.zhiwen.ask.retrieve;

import io.zhiwen.ask.question.Question;
import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoder;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.ingest.index.KeywordIndex;
import io.zhiwen.ingest.index.ScoredChunk;
import io.zhiwen.ingest.index.SearchText;
import io.zhiwen.ingest.index.VectorIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private final KeywordIndex keyword;
    private final VectorIndex vectors;
    private final Encoders encoders;
    /// Encoders and Lucene keep a core busy: on virtual threads one question could starve another.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("leg-", 0).factory());

    public Legs(KeywordIndex keyword, VectorIndex vectors, Encoders encoders) {
        this.keyword = keyword;
        this.vectors = vectors;
        this.encoders = encoders;
    }

    /// Words and the space of the question's language; the other spaces only where that one holds
    /// nothing, as with a question in one language over documents in another. A leg that fails is
    /// missing and says so; that all of them fail is no answer but an error.
    ///
    /// @throws SearchUnavailable when no leg could search
    public List<Leg> search(Question question, RetrievalProfile profile) {
        Encoder spoken = encoders.of(Language.of(question.text()));
        List<Leg> legs =
                finish(
                        List.of(
                                byWords(question, profile),
                                byMeaning(spoken, spoken, question, profile)),
                        profile);
        Leg meaning = legs.getLast();
        if (meaning.missing() == null && meaning.ranking().hits().isEmpty()) {
            List<Pending> others =
                    encoders.all().stream()
                            .filter(encoder -> encoder != spoken)
                            .map(encoder -> byMeaning(encoder, spoken, question, profile))
                            .toList();
            legs = Stream.concat(legs.stream(), finish(others, profile).stream()).toList();
        }
        return atLeastOne(legs);
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
            Future<Result> result) {}

    private Pending start(Leg.Kind kind, boolean speaksQuestion, String name, Search search) {
        return new Pending(
                kind, speaksQuestion, name, System.nanoTime(), threads.submit(search::run));
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
                () -> {
                    long since = System.nanoTime();
                    List<ScoredChunk> found =
                            vectors.nearest(
                                    encoder.space(),
                                    encoder.embed(SearchText.fold(question.text())),
                                    question.scope().reach(),
                                    profile.candidates());
                    return new Result(hits(found), 1, since(since));
                });
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private List<Leg> finish(List<Pending> pending, RetrievalProfile profile) {
        return pending.stream().map(leg -> finish(leg, profile.legBudget())).toList();
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
            Result result = leg.result().get(Math.max(0, budget), TimeUnit.NANOSECONDS);
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
