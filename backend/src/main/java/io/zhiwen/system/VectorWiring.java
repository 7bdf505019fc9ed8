package io.zhiwen.system;

import com.zaxxer.hikari.HikariDataSource;
import io.zhiwen.ask.retrieve.RetrievalProfile;
import io.zhiwen.ingest.index.VectorIndex;
import io.zhiwen.ingest.index.lucene.LuceneIndex;
import io.zhiwen.ingest.index.pgvector.HalfvecRows;
import io.zhiwen.ingest.index.pgvector.PgvectorIndex;
import io.zhiwen.ingest.index.pgvector.VectorKeeper;
import io.zhiwen.ingest.store.ReaderDatabase;
import io.zhiwen.ingest.store.SearchableVectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/// The index of vectors: in the database where it has pgvector, else the node's own.
@Configuration(proxyBeanMethods = false)
class VectorWiring {

    /// The database's part of it, where it has one.
    record PgvectorSchema(boolean isThere) {}

    /// Its migrations have a history of their own: a database may get the extension late.
    @Bean
    @DependsOnDatabaseInitialization
    PgvectorSchema pgvectorSchema(
            HeadStart start, @Qualifier("patientDataSource") DataSource database) {
        if (start.vectors() != VectorPlace.PGVECTOR) {
            return new PgvectorSchema(false);
        }
        Migrations.run(
                Flyway.configure()
                        .dataSource(database)
                        .locations("classpath:db/migration/pgvector")
                        .table("pgvector_schema_history")
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .load());
        return new PgvectorSchema(true);
    }

    /// After the schema that its role is given rights to.
    @Bean
    ReaderDatabase readerDatabase(
            PgvectorSchema schema, HikariDataSource dataSource, WallSettings settings) {
        return settings.open(dataSource);
    }

    @Bean
    SearchableVectors searchableVectors(PgvectorSchema schema, JdbcTemplate jdbc) {
        return schema.isThere() ? new HalfvecRows(jdbc) : SearchableVectors.NONE;
    }

    @Bean
    @Primary
    VectorIndex vectorIndex(
            PgvectorSchema schema,
            JdbcTemplate jdbc,
            ReaderDatabase readers,
            LuceneIndex lucene,
            RetrievalProfile profile) {
        return schema.isThere() ? new PgvectorIndex(jdbc, readers, profile.efSearch()) : lucene;
    }

    /// Absent where the node's own index has the vectors.
    @Bean
    @Nullable VectorKeeper vectorKeeper(
            PgvectorSchema schema,
            @Qualifier("patientDataSource") DataSource database,
            PgvectorSettings settings) {
        return schema.isThere() ? VectorKeeper.start(database, settings.graphs()) : null;
    }
}
