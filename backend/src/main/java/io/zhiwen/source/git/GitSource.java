package io.zhiwen.source.git;

import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;

/// Fetches what is new of the branch into a copy of this machine and tells of its files. To try a
/// place out, the names alone are fetched where the server can send them alone.
final class GitSource implements Source {

    private static final int MOST_ENTRIES = 500_000;

    private final GitRemote remote;
    private final GitCopies copies;
    private final String folder;
    private final Patterns patterns;
    private final GitLink link;

    GitSource(GitRemote remote, GitCopies copies, String folder, Patterns patterns, GitLink link) {
        this.remote = remote;
        this.copies = copies;
        this.folder = folder;
        this.patterns = patterns;
        this.link = link;
    }

    @Override
    public void each(Look look) throws SourceUnavailable, IOException, InterruptedException {
        if (look.isGlance()) {
            try (GitCopy names = copies.passing()) {
                tell(names, remote.names(names.repository()), look);
            }
            return;
        }
        try (GitCopy copy = copies.of(remote.address().uri())) {
            ObjectId commit = remote.fetch(copy.repository());
            copy.isWhole();
            tell(copy, commit, look);
        }
    }

    private void tell(GitCopy copy, ObjectId commit, Look look)
            throws SourceUnavailable, InterruptedException, IOException {
        new GitTree(copy.repository(), folder, patterns, link, MOST_ENTRIES).each(commit, look);
    }
}
