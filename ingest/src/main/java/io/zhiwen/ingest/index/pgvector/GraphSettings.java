package io.zhiwen.ingest.index.pgvector;

import java.time.Duration;

/// When and with what the graphs are made.
///
/// @param fewestRows of a space before it gets one
/// @param buildMemory what the database may take for it, in bytes; a graph that fits is made many
/// times faster
/// @param buildWorkers that help the one that makes it
/// @param pause between two looks at what there is to do
public record GraphSettings(int fewestRows, long buildMemory, int buildWorkers, Duration pause) {

    /// Up to this, every row is compared about as fast as a graph is searched.
    static final int WORTHWHILE = 2_000;

    private static final Duration PAUSE = Duration.ofSeconds(30);

    public static GraphSettings of(long buildMemory, int buildWorkers) {
        return new GraphSettings(WORTHWHILE, buildMemory, buildWorkers, PAUSE);
    }
}
