package io.zhiwen.system;

import java.nio.file.Path;

/// The data folder was made with the other kind of PostgreSQL, the bundled one or an installed one
/// with pgvector. Going on would begin an empty installation among the files of a full one.
final class OtherDatabaseHere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean bundled;

    /// @param bundled whether the bundled PostgreSQL was to be started
    OtherDatabaseHere(Path folder, boolean bundled) {
        super(
                "The data folder %s holds an installation made by %s"
                        .formatted(folder, bundled ? "./run server" : "./run"));
        this.bundled = bundled;
    }

    String advice() {
        return bundled
                ? "Start it with ./run server, or give this one another folder: ./run --data DIR"
                : "Start it with ./run, or give server mode another folder: ./run server --data DIR"
                        + " (./run export and ./run import move an installation)";
    }
}
