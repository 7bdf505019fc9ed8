package io.zhiwen.operate;

import io.zhiwen.ingest.embed.Encoders;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The parts of `/actuator/health`. Alive: requests are served, no threads block each other for
/// ever, the thread that must run for ever runs; nothing that a restart would not mend. Ready: the
/// database answers, encoders are loaded, the index serves, and the server is not stopping.
@Configuration(proxyBeanMethods = false)
class HealthWiring {

    @Bean
    HealthIndicator databaseHealthIndicator(Database database) {
        return () -> upIf(database.answers()).build();
    }

    @Bean
    HealthIndicator encodersHealthIndicator(Encoders encoders) {
        return () ->
                upIf(!encoders.all().isEmpty())
                        .withDetail(
                                "models",
                                encoders.all().stream()
                                        .map(encoder -> encoder.space().model())
                                        .toList())
                        .build();
    }

    @Bean
    HealthIndicator indexHealthIndicator(Index index) {
        return () ->
                upIf(index.serves())
                        .withDetail("position", index.position())
                        .withDetail("rebuilding", index.isRebuilding())
                        .build();
    }

    @Bean
    HealthIndicator threadsHealthIndicator(Index index) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return () -> {
            long[] deadlocked = threads.findDeadlockedThreads();
            int blocked = deadlocked == null ? 0 : deadlocked.length;
            return upIf(blocked == 0 && index.isFollowed())
                    .withDetail("deadlocked", blocked)
                    .withDetail("following", index.isFollowed())
                    .build();
        };
    }

    private static Health.Builder upIf(boolean well) {
        return well ? Health.up() : Health.down();
    }
}
