package io.zhiwen.curate;

import io.zhiwen.ingest.chunk.Language;
import io.zhiwen.ingest.embed.Encoders;
import io.zhiwen.node.Chore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Puts questions that did not get a good answer into the work list, each to the item whose first
/// wording is nearest, or as a new item. One node does it at a time; it may be done twice.
@Component
final class WorkCollector {

    private static final Duration EVERY = Duration.ofSeconds(30);

    /// An answer's trace is stored some time after its moment.
    private static final Duration LATE = Duration.ofMinutes(10);

    /// Two questions are worked on together from here on: less than they need to share an answer.
    /// Measured by `SameQuestionBenchmark`, see backend/docs/curated.md.
    private static final double CHINESE = 0.88;
    private static final double ENGLISH = 0.92;

    private static final UUID NO_BASE = new UUID(0, 0);

    private final WorkSignals signals;
    private final WorkStore store;
    private final Encoders encoders;
    private final TransactionOperations transaction;

    WorkCollector(
            WorkSignals signals,
            WorkStore store,
            Encoders encoders,
            TransactionOperations transaction) {
        this.signals = signals;
        this.store = store;
        this.encoders = encoders;
        this.transaction = transaction;
    }

    @Configuration(proxyBeanMethods = false)
    static class Wiring {

        @Bean
        Chore collectingWork(WorkCollector collector) {
            return new Chore("work-list", EVERY, collector::collect);
        }
    }

    void collect() {
        Instant now = store.now();
        Instant since = store.seen().minus(LATE);
        Map<UUID, List<WorkStore.Leader>> leaders = new HashMap<>();
        List<WorkSignals.Signal> found;
        do { // what comes meanwhile is for the next time: it may never end
            found = signals.since(since);
            for (WorkSignals.Signal signal : found) {
                take(signal, leaders);
            }
        } while (found.size() == WorkSignals.AT_ONCE);
        store.seen(now);
        store.dropEmpty();
    }

    private void take(WorkSignals.Signal signal, Map<UUID, List<WorkStore.Leader>> known) {
        List<WorkStore.Leader> leaders =
                known.computeIfAbsent(
                        signal.base() == null ? NO_BASE : signal.base(),
                        _ -> new ArrayList<>(store.leaders(signal.base())));
        var question = ApprovedMatching.encoded(signal.question(), encoders);
        Optional<WorkStore.Leader> near = nearest(question, leaders);
        UUID item = near.map(WorkStore.Leader::item).orElseGet(UUID::randomUUID);
        transaction.executeWithoutResult(
                _ -> {
                    if (near.isEmpty()) {
                        store.open(item, signal.base(), question);
                    }
                    store.add(item, signal);
                });
        if (near.isEmpty()) {
            leaders.add(new WorkStore.Leader(item, question));
        }
    }

    private static Optional<WorkStore.Leader> nearest(
            ApprovedStore.Encoded question, List<WorkStore.Leader> leaders) {
        double least =
                Language.of(SameQuestion.folded(question.text())) == Language.ZH
                        ? CHINESE
                        : ENGLISH;
        return leaders.stream()
                .filter(one -> one.question().space().equals(question.space()))
                .map(one -> new Near(one, question.similarity(one.question())))
                .filter(near -> near.similarity() >= least)
                .max(Comparator.comparingDouble(Near::similarity))
                .map(Near::leader);
    }

    private record Near(WorkStore.Leader leader, double similarity) {}
}
