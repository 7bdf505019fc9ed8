package io.zhiwen.source;

import io.zhiwen.library.BroughtDocuments;
import io.zhiwen.node.Node;
import io.zhiwen.source.place.Place;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceKind;
import io.zhiwen.source.place.SourceSettings;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Takes runs of sources from the queue and does them, a few at a time, as long as this node lives.
@Component
final class SourceRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SourceRunner.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);

    /// A run as it is done here.
    private record Working(Claim claim, Sync sync, Thread thread) {}

    private final Claims claims;
    private final Kinds kinds;
    private final SourceItems items;
    private final BroughtDocuments documents;
    private final TransactionOperations transaction;
    private final Node node;
    private final int atOnce;
    private final Map<Claim, Working> working = new ConcurrentHashMap<>();
    private final Semaphore woken = new Semaphore(0);
    private volatile @Nullable Thread thread;

    SourceRunner(
            Claims claims,
            Kinds kinds,
            SourceItems items,
            BroughtDocuments documents,
            TransactionOperations transaction,
            Node node,
            SourceSettings settings) {
        this.claims = claims;
        this.kinds = kinds;
        this.items = items;
        this.documents = documents;
        this.transaction = transaction;
        this.node = node;
        this.atOnce = settings.atOnce();
    }

    @Override
    public void start() {
        if (node.role().takesJobs()) {
            claims.releaseWhatTheDeadHeld();
            Thread looking = Thread.ofPlatform().name("sources").daemon().unstarted(this::look);
            thread = looking;
            looking.start();
        }
    }

    /// What is in work goes back into the queue.
    @Override
    public void stop() {
        Thread looking = thread;
        if (looking == null) {
            return;
        }
        thread = null;
        woken.release();
        try {
            looking.join(STOP);
            working.values().forEach(one -> one.thread().interrupt());
            for (Working one : List.copyOf(working.values())) {
                one.thread().join(STOP);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        claims.giveBack(List.copyOf(working.keySet()));
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /// Has the queue looked at now.
    void wake() {
        woken.release();
    }

    private void look() {
        try {
            while (thread == Thread.currentThread()) {
                try {
                    claims.schedule();
                    renew();
                    takeSome();
                } catch (DataAccessException e) {
                    log.warn("the queue of sources: {}", e.getMessage());
                } catch (RuntimeException e) {
                    log.error("the queue of sources", e);
                }
                boolean _ = woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                woken.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        for (Working one : working.values()) {
            if (!claims.renew(one.claim(), one.sync().same())) {
                one.thread().interrupt();
            }
        }
    }

    private void takeSome() {
        while (working.size() < atOnce) {
            Claim claim = claims.take().orElse(null);
            if (claim == null) {
                return;
            }
            var sync = new Sync(claim, claims, items, documents, transaction);
            Thread work =
                    Thread.ofVirtual()
                            .name("source-" + claim.source())
                            .unstarted(() -> work(claim, sync));
            working.put(claim, new Working(claim, sync, work));
            work.start();
        }
    }

    private void work(Claim claim, Sync sync) {
        try (var _ = MDC.putCloseable("source", claim.source().toString())) {
            if (claim.attempt() > Claims.MOST_ATTEMPTS) {
                fail(
                        claim,
                        sync,
                        Trouble.INTERNAL,
                        "the server ended " + claim.attempt() + " times");
                return;
            }
            try (Source source = open(claim)) {
                Reason doubt = sync.run(source);
                claims.end(claim, true, sync.same(), doubt == null ? null : doubt.name(), null);
            } catch (SourceUnavailable e) {
                fail(claim, sync, e.trouble(), e.detail());
            } catch (RunLost e) {
                log.info("{}", e.getMessage());
            } catch (InterruptedException _) {
                claims.giveBack(List.of(claim));
            } catch (IOException e) {
                failed(claim, sync, Trouble.UNREACHABLE, e);
            } catch (RuntimeException e) {
                failed(claim, sync, Trouble.INTERNAL, e);
            }
        } catch (DataAccessException e) {
            log.warn("{} is left to its lease: {}", claim.run(), e.getMessage());
        } finally {
            working.remove(claim);
            wake();
        }
    }

    /// An interrupt may come out of a library as any other exception.
    private void failed(Claim claim, Sync sync, Trouble trouble, Exception cause) {
        if (Thread.interrupted() || thread == null) {
            claims.giveBack(List.of(claim));
            return;
        }
        if (trouble == Trouble.INTERNAL) {
            log.error("{} failed in an unforeseen way", claim.run(), cause);
        }
        fail(claim, sync, trouble, cause.toString());
    }

    private void fail(Claim claim, Sync sync, Trouble trouble, String detail) {
        log.info("{} of source {} failed, {}: {}", claim.run(), claim.source(), trouble, detail);
        claims.end(claim, false, sync.same(), trouble.name(), detail);
    }

    private Source open(Claim claim) throws SourceUnavailable {
        SourceKind kind =
                kinds.named(claim.kind())
                        .orElseThrow(
                                () ->
                                        new SourceUnavailable(
                                                Trouble.UNUSABLE,
                                                "this Zhiwen has no sources of kind "
                                                        + claim.kind()));
        Place place = claims.place(claim.source());
        return kind.open(place);
    }
}
