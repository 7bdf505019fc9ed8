package io.zhiwen.system;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zhiwen.library.JobOwnership;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The database and its pools.
@Configuration(proxyBeanMethods = false)
class DataWiring {

    /// Where nobody has begun it earlier, as in tests.
    @Bean
    @ConditionalOnMissingBean
    HeadStart headStart(DataSettings settings) {
        return HeadStart.begin(settings);
    }

    @Bean
    HikariDataSource dataSource(HeadStart start) {
        return pool(start.database(), "zhiwen", 16);
    }

    /// For the queue alone, so that a worker gives signs of life however busy the other pool is.
    @Bean(defaultCandidate = false)
    HikariDataSource queueDataSource(HeadStart start) {
        return pool(start.database(), "queue", 4);
    }

    @Bean
    JobOwnership jobOwnership(HeadStart start) {
        return new JobOwnership(start.isEmbedded());
    }

    private static HikariDataSource pool(DatabaseLogin login, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(2);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "zhiwen");
        return new HikariDataSource(config);
    }
}
