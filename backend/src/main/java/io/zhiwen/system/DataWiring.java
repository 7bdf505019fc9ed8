package io.zhiwen.system;

import com.zaxxer.hikari.HikariDataSource;
import io.zhiwen.account.SecretBox;
import io.zhiwen.operate.Place;
import io.zhiwen.source.git.GitCopies;
import io.zhiwen.source.place.SourceSettings;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The database and its pools.
@Configuration(proxyBeanMethods = false)
class DataWiring {

    private static final String SECRET = "keys";

    /// Nothing that a person waits for takes longer.
    private static final Duration HANGS = Duration.ofSeconds(30);

    /// Building an index over millions of rows may.
    private static final Duration BUILDS = Duration.ofHours(6);

    /// Where nobody has begun it earlier, as in tests.
    @Bean
    @ConditionalOnMissingBean
    HeadStart headStart(DataSettings settings) {
        return HeadStart.begin(settings);
    }

    @Bean
    HikariDataSource dataSource(HeadStart start) {
        return DatabasePool.of(start.database(), "zhiwen", 16, HANGS);
    }

    /// For the queue and for signs of life alone, so that a node shows that it lives however busy
    /// the other pool is.
    @Bean(defaultCandidate = false)
    HikariDataSource queueDataSource(HeadStart start) {
        return DatabasePool.of(start.database(), "queue", 4, HANGS);
    }

    /// For what may take hours: migrations and the building of indexes.
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    HikariDataSource patientDataSource(HeadStart start) {
        return DatabasePool.of(start.database(), "patient", 2, BUILDS);
    }

    @Bean
    FlywayMigrationStrategy migrations() {
        return Migrations::run;
    }

    @Bean
    SecretBox secretBox(DataSettings settings, HeadStart start) throws IOException {
        if (!settings.secret().isBlank()) {
            return new SecretBox(settings.secret().strip());
        }
        if (DataFolder.secret(start.folder().root(), SECRET).isEmpty()) {
            start.folder().keepSecret(SECRET, SecretBox.newSecret());
        }
        return new SecretBox(DataFolder.secret(start.folder().root(), SECRET).orElseThrow());
    }

    /// Of this node alone.
    @Bean
    GitCopies gitCopies(HeadStart start, SourceSettings settings) {
        return new GitCopies(
                start.folder().root().resolve("git-copies"), settings.gitSpace().toBytes());
    }

    @Bean
    Place place(HeadStart start) {
        return new Place(start.folder().root());
    }
}
