package io.zhiwen.account;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts in the database, so that all nodes count together. Names are kept as hashes: what is
/// typed into the wrong field may be a password. Safe for concurrent use.
@Component
public final class RateLimits {

    /// So many in a window.
    ///
    /// @param flowing whether they come back one by one; else a new window begins full
    record Limit(String name, int tries, Duration window, boolean flowing) {

        /// A new window begins full.
        Limit(String name, int tries, Duration window) {
            this(name, tries, window, false);
        }

        /// They come back one by one.
        static Limit flowing(String name, int tries, Duration window) {
            return new Limit(name, tries, window, true);
        }

        private BucketConfiguration configuration() {
            return BucketConfiguration.builder()
                    .addLimit(
                            limit -> {
                                var some = limit.capacity(tries);
                                return flowing
                                        ? some.refillGreedy(tries, window)
                                        : some.refillIntervally(tries, window);
                            })
                    .build();
        }
    }

    private static final Duration KEPT_LONGER = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final InstantSource clock;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

    /// @param clock the same for all nodes
    public RateLimits(DataSource database, InstantSource clock) {
        this.db = JdbcClient.create(database);
        this.clock = clock;
        this.buckets =
                Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                        .primaryKeyMapper(PrimaryKeyMapper.STRING)
                        .table("rate_limit")
                        .idColumn("id")
                        .stateColumn("state")
                        .expiresAtColumn("expires_at")
                        .clientClock(meter(clock))
                        .expirationAfterWrite(
                                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                                        KEPT_LONGER))
                        .build();
    }

    /// Takes one; false when none is left.
    boolean take(Limit limit, String who) {
        return with(limit, who, bucket -> bucket.tryConsume(1));
    }

    /// Takes one, and says what is left and when there is more.
    Allowance probe(Limit limit, String who) {
        var probe = with(limit, who, bucket -> bucket.tryConsumeAndReturnRemaining(1));
        return new Allowance(
                probe.isConsumed(),
                limit.tries(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /// Gives one back.
    void giveBack(Limit limit, String who) {
        with(
                limit,
                who,
                bucket -> {
                    bucket.addTokens(1);
                    return true;
                });
    }

    /// As if it had never been tried.
    void forget(Limit limit, String who) {
        with(
                limit,
                who,
                bucket -> {
                    bucket.reset();
                    return true;
                });
    }

    /// Drops what is full again.
    void sweep() {
        db.sql("delete from rate_limit where expires_at < :now")
                .param("now", clock.millis())
                .update();
    }

    private <T> T with(Limit limit, String who, Function<Bucket, T> use) {
        var id = limit.name() + ":" + HexFormat.of().formatHex(Secrets.sha256(who));
        try {
            return use.apply(buckets.builder().build(id, limit::configuration));
        } catch (BucketExceptions.BucketExecutionException e) {
            throw new DataAccessResourceFailureException("the tries cannot be counted", e);
        }
    }

    private static TimeMeter meter(InstantSource clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                Instant now = clock.instant();
                return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
