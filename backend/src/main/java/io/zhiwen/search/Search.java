package io.zhiwen.search;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.account.Scope;
import io.zhiwen.ask.Freshness;
import io.zhiwen.ask.LiveProfile;
import io.zhiwen.ask.Retrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ingest.upload.DocumentId;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import io.zhiwen.library.Library;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Finds passages by words and by meaning, for readers and for programs, with what they may read.
/// Safe for concurrent use.
@Component
public class Search {

    /// A document with its text.
    public record Whole(FoundDocument document, String text) {}

    /// How many passages near the question are looked at where some are filtered out or counted.
    public static final int DEPTH = 200;

    /// Where too few of them are wanted, so many times as many are.
    private static final int DEEPER = 5;

    private static final int DEEPEST = 5_000;

    /// Passages less relevant than this are nearest only because nothing is near; who looks around
    /// is not shown them.
    private static final double NOISE = 0.05;

    private final Retrieval retrieval;
    private final Freshness freshness;
    private final Questions questions;
    private final Access access;
    private final LiveProfile live;
    private final Filters filters;
    private final FoundDocuments documents;
    private final Library library;
    private final InstantSource clock;

    Search(
            Retrieval retrieval,
            Freshness freshness,
            Questions questions,
            Access access,
            LiveProfile live,
            Filters filters,
            FoundDocuments documents,
            Library library,
            InstantSource clock) {
        this.retrieval = retrieval;
        this.freshness = freshness;
        this.questions = questions;
        this.access = access;
        this.live = live;
        this.filters = filters;
        this.documents = documents;
        this.library = library;
        this.clock = clock;
    }

    /// The best passages of the bases; of everything when none is chosen.
    ///
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal may not read one of them
    /// @throws io.zhiwen.ask.question.UnusableQuestion when there is nothing to look for
    /// @throws UnusableFilter when it names a field that is not there
    public Found best(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            Filter filter) {
        return find(principal, bases, query, limit, live.now().retrieval(), filter);
    }

    /// The best passages that `wanted` takes, which a filter cannot say. It is held against the
    /// nearest ones, and against more of them where too few pass.
    public Found best(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            Filter filter,
            Predicate<Hit> wanted) {
        for (int depth = DEPTH; ; depth *= DEEPER) {
            var found = deep(principal, bases, query, filter, depth);
            var passing = found.only(wanted, limit);
            if (passing.hits().size() >= limit
                    || found.hits().stream().flatMap(Hit::all).count() < depth
                    || depth * DEEPER > DEEPEST) {
                return passing;
            }
        }
    }

    /// The same for somebody who looks around: with facets, each counted without what is chosen of
    /// its kind.
    public Found around(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            Filter filter) {
        var found = near(principal, bases, query, filter);
        var everywhere =
                bases.isEmpty() ? found.hits() : near(principal, List.of(), query, filter).hits();
        var spoken =
                filter.languages().isEmpty()
                        ? found.hits()
                        : near(principal, bases, query, filter.in(Set.of())).hits();
        Facets.Relaxed relaxed =
                kind ->
                        filter.has(kind)
                                ? Stream.concat(
                                                near(principal, bases, query, filter.without(kind))
                                                        .hits()
                                                        .stream(),
                                                found.hits().stream())
                                        .toList()
                                : found.hits();
        return found.only(_ -> true, limit)
                .with(
                        Facets.of(
                                found.hits(),
                                everywhere,
                                spoken,
                                relaxed,
                                filter,
                                clock.instant()));
    }

    /// A document whose text can be read; empty when it is not there for the principal.
    public Optional<Whole> read(Principal principal, DocumentId id) {
        var scope = access.chosenBy(principal, List.of());
        return library.document(scope, id)
                .map(_ -> known(principal, scope, Set.of(id)).get(id))
                .flatMap(
                        document ->
                                library.content(scope, id, document.version())
                                        .map(text -> new Whole(document, text.text())));
    }

    private static boolean isNear(Hit hit) {
        return hit.passage().relevance() >= NOISE;
    }

    private Found near(
            Principal principal, Collection<KnowledgeBaseId> bases, String query, Filter filter) {
        return deep(principal, bases, query, filter, DEPTH).only(Search::isNear, DEPTH);
    }

    private Found deep(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            Filter filter,
            int depth) {
        var now = live.now().retrieval();
        return find(
                principal,
                bases,
                query,
                depth,
                now.candidates() < depth ? now.withCandidates(depth) : now,
                filter);
    }

    private Found find(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            RetrievalProfile profile,
            Filter filter) {
        var scope = filters.narrowed(access.chosenBy(principal, bases), filter);
        var question = questions.read(query, List.of(), scope, () -> false);
        if (scope.isEmpty()) {
            return Found.NOTHING;
        }
        var trace = new Trace.Recorder();
        var passages =
                freshness.find(
                        () -> retrieval.find(question, limit, profile, trace),
                        found -> !found.isEmpty());
        return new Found(hits(principal, scope, passages), Facets.NONE, trace.missesALeg());
    }

    private List<Hit> hits(Principal principal, Scope scope, List<Passage> passages) {
        var known =
                known(
                        principal,
                        scope,
                        passages.stream()
                                .flatMap(Search::each)
                                .map(passage -> passage.source().document())
                                .collect(Collectors.toSet()));
        return passages.stream().flatMap(passage -> hit(passage, known).stream()).toList();
    }

    /// What took the place of one of them may be anywhere the principal reads.
    private Map<DocumentId, FoundDocument> known(
            Principal principal, Scope scope, Set<DocumentId> ids) {
        return documents.of(scope, ids, library.lives(access.everythingFor(principal), ids));
    }

    /// Without documents that are gone meanwhile.
    private static Optional<Hit> hit(Passage passage, Map<DocumentId, FoundDocument> known) {
        List<Hit> all = new ArrayList<>();
        each(passage)
                .forEach(
                        one -> {
                            var document = known.get(one.source().document());
                            if (document != null) {
                                all.add(new Hit(one, document, List.of()));
                            }
                        });
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Hit(
                                all.getFirst().passage(),
                                all.getFirst().document(),
                                all.subList(1, all.size())));
    }

    /// A passage and those it stands for, each by itself.
    private static Stream<Passage> each(Passage passage) {
        return Stream.concat(Stream.of(passage.source()), passage.folded().stream())
                .map(source -> new Passage(source, passage.score(), passage.relevance()));
    }
}
