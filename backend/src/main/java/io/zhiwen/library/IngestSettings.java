package io.zhiwen.library;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// How the work on uploads is done.
///
/// @param workers files that are worked on at a time
/// @param embedThreads embedding threads that all of them share; 0 for one a core
/// @param tries how often a file is tried that fails for a reason which may pass
/// @param retryAfter pause before the second try; every further one is four times as long
/// @param lease after how long without a sign of life a node is taken for dead and another goes on
/// with its files
@Validated
@ConfigurationProperties("zhiwen.ingest")
public record IngestSettings(
        @DefaultValue("2") @Positive int workers,
        @DefaultValue("0") int embedThreads,
        @DefaultValue("3") @Positive int tries,
        @DefaultValue("5s") Duration retryAfter,
        @DefaultValue("60s") Duration lease) {

    private static final int SIGNS_A_LEASE = 6;

    /// How often a node shows that it lives.
    Duration heartbeat() {
        return lease.dividedBy(SIGNS_A_LEASE);
    }

    int heartbeatsMissed() {
        return SIGNS_A_LEASE;
    }

    public int embeddingThreads() {
        return embedThreads > 0 ? embedThreads : Runtime.getRuntime().availableProcessors();
    }
}
