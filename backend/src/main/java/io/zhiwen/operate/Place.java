package io.zhiwen.operate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where this node keeps what is its own.
public record Place(Path folder) {

    /// Bytes that may still be written.
    public long free() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be looked at", e);
        }
    }

    public long total() {
        try {
            return Files.getFileStore(folder).getTotalSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be looked at", e);
        }
    }
}
