package io.zhiwen.source.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A copy of a repository on this machine, while somebody uses it. A mark in it says that it is
/// whole; it is away while there is a fetch, so that what a crash left is not taken for a copy.
final class GitCopy implements AutoCloseable {

    private static final String MARK = "whole";

    /// What happens to it when nobody uses it any more.
    @FunctionalInterface
    interface End {
        void of(Path folder) throws IOException;
    }

    private final Path folder;
    private final GitRepository repository;
    private final End end;

    private GitCopy(Path folder, GitRepository repository, End end) {
        this.folder = folder;
        this.repository = repository;
        this.end = end;
    }

    /// Empty or whole.
    ///
    /// @param most bytes of it
    static GitCopy open(Path folder, long most, End end) throws IOException {
        if (!Files.deleteIfExists(folder.resolve(MARK))) {
            GitCopies.delete(folder);
        }
        boolean there = Files.exists(folder);
        var repository = new GitRepository(folder, most);
        if (!there) {
            repository.create(true);
        }
        return new GitCopy(folder, repository, end);
    }

    /// When it was used last; long ago when it is not whole.
    static Instant usedAt(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        return Files.exists(mark) ? Files.getLastModifiedTime(mark).toInstant() : Instant.EPOCH;
    }

    GitRepository repository() {
        return repository;
    }

    /// The fetch is done.
    void isWhole() throws IOException {
        Files.write(folder.resolve(MARK), new byte[0]);
    }

    @Override
    public void close() throws IOException {
        repository.close();
        end.of(folder);
    }
}
