package io.zhiwen.ingest.upload;

import java.nio.file.Path;

/// Verified bytes on this machine's disk, there until this is closed.
///
/// @param path read only
public record LocalBlob(Path path, Runnable release) implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
