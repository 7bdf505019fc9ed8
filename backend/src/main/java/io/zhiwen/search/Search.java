package io.zhiwen.search;

import io.zhiwen.account.Access;
import io.zhiwen.account.Principal;
import io.zhiwen.ask.LiveProfile;
import io.zhiwen.ask.Retrieval;
import io.zhiwen.ask.Trace;
import io.zhiwen.ask.question.Questions;
import io.zhiwen.ask.rerank.Passage;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ingest.upload.KnowledgeBaseId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds passages by words and by meaning, for readers and for programs, with what they may read.
/// Safe for concurrent use.
@Component
public class Search {

    /// How many passages near the question are looked at where some are filtered out or counted.
    public static final int DEPTH = 200;

    private final Retrieval retrieval;
    private final Questions questions;
    private final Access access;
    private final LiveProfile live;
    private final FoundDocuments documents;
    private final InstantSource clock;

    Search(
            Retrieval retrieval,
            Questions questions,
            Access access,
            LiveProfile live,
            FoundDocuments documents,
            InstantSource clock) {
        this.retrieval = retrieval;
        this.questions = questions;
        this.access = access;
        this.live = live;
        this.documents = documents;
        this.clock = clock;
    }

    /// The best passages of the bases; of everything when none is chosen.
    ///
    /// @throws io.zhiwen.account.NoSuchKnowledgeBase when the principal may not read one of them
    /// @throws io.zhiwen.ask.question.UnusableQuestion when there is nothing to look for
    public Found best(
            Principal principal, Collection<KnowledgeBaseId> bases, String query, int limit) {
        return find(principal, bases, query, limit, live.now().retrieval());
    }

    /// The best passages that `wanted` takes, of the `DEPTH` nearest ones.
    public Found best(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            Predicate<Hit> wanted) {
        return deep(principal, bases, query).only(wanted, limit);
    }

    /// The same for somebody who looks around: with facets, also over the bases not chosen.
    public Found around(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            Filter filter) {
        var chosen = deep(principal, bases, query);
        var all = bases.isEmpty() ? chosen : deep(principal, List.of(), query);
        var facets = Facets.of(all.hits(), chosen.hits(), filter, clock.instant());
        return chosen.only(filter, limit).with(facets);
    }

    private Found deep(Principal principal, Collection<KnowledgeBaseId> bases, String query) {
        var now = live.now().retrieval();
        return find(
                principal,
                bases,
                query,
                DEPTH,
                now.candidates() < DEPTH ? now.withCandidates(DEPTH) : now);
    }

    private Found find(
            Principal principal,
            Collection<KnowledgeBaseId> bases,
            String query,
            int limit,
            RetrievalProfile profile) {
        var scope = access.chosenBy(principal, bases);
        var question = questions.read(query, List.of(), scope, () -> false);
        if (scope.isEmpty()) {
            return Found.NOTHING;
        }
        var trace = new Trace.Recorder();
        var passages = retrieval.find(question, limit, profile, trace);
        return new Found(hits(passages), Facets.NONE, trace.missesALeg());
    }

    private List<Hit> hits(List<Passage> passages) {
        var known =
                documents.of(
                        passages.stream()
                                .map(passage -> passage.source().document())
                                .collect(Collectors.toSet()));
        List<Hit> hits = new ArrayList<>();
        for (var passage : passages) {
            var document = known.get(passage.source().document());
            if (document != null) {
                hits.add(new Hit(passage, document));
            }
        }
        return hits;
    }
}
