package io.zhiwen.system;

import io.zhiwen.ingest.index.pgvector.GraphSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What the database may take to make the graph of a space, once, after its vectors were loaded.
///
/// @param buildMemory of the database server; a graph that does not fit is made many times slower.
/// A million vectors of 512 numbers take 2 GB. In a container /dev/shm must hold it too, else one
/// process makes the graph alone
/// @param buildWorkers processes that help
@Validated
@ConfigurationProperties("zhiwen.pgvector")
record PgvectorSettings(
        @DefaultValue("1GB") @NotNull DataSize buildMemory,
        @DefaultValue("2") @Min(0) @Max(64) int buildWorkers) {

    GraphSettings graphs() {
        return GraphSettings.of(buildMemory.toBytes(), buildWorkers);
    }
}
