package io.zhiwen.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What clients asked for and what they were told, kept outside of the system under test: in memory
/// and, line by line, in a file.
final class Journal implements AutoCloseable {

    enum Outcome {
        /// It was acknowledged: it must be there.
        OK,
        /// It was refused: it must not be there.
        FAIL,
        /// Nobody knows: it may be there, once.
        UNKNOWN
    }

    enum Kind {
        UPLOAD,
        REPLACE,
        DELETE
    }

    /// @param key the request's `Idempotency-Key`; a retry has the same
    record Entry(
            Kind kind,
            String name,
            String key,
            String sha256,
            Outcome outcome,
            @Nullable String document,
            String told) {}

    private final BufferedWriter file;
    private final List<Entry> entries = new ArrayList<>();

    Journal(Path file) throws IOException {
        this.file = Files.newBufferedWriter(file);
    }

    synchronized void write(Entry entry) {
        entries.add(entry);
        try {
            file.write(entry.toString());
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    long count(Outcome outcome) {
        return entries().stream().filter(e -> e.outcome() == outcome).count();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
