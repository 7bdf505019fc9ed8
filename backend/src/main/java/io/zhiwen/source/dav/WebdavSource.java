package io.zhiwen.source.dav;

import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// The files of a folder and of those in it, listed folder by folder: few servers list all at once.
/// A folder that cannot be listed leaves the rest standing, and nothing counts as gone then.
final class WebdavSource implements Source {

    private static final int DEEPEST = 64;
    private static final int MOST = 200_000;

    /// Places elsewhere that a server may list before it is not believed any more.
    private static final int MOST_ODD = 100;

    private static final Duration LONGEST = Duration.ofHours(6);

    /// @param depth below the root
    private record Folder(DavPath path, int depth) {}

    private final WebdavFolders server;
    private final Patterns patterns;
    private final Deque<Folder> waiting = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private int odd;

    WebdavSource(WebdavFolders server, Patterns patterns) {
        this.server = server;
        this.patterns = patterns;
    }

    @Override
    public void each(Look look) throws SourceUnavailable, IOException, InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        known.add(server.root().path());
        waiting.add(new Folder(server.root(), 0));
        while (!waiting.isEmpty()) {
            if (known.size() > MOST || System.nanoTime() > until) {
                look.incomplete(Reason.TOO_MANY);
                return;
            }
            list(waiting.remove(), look);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void list(Folder folder, Look look)
            throws SourceUnavailable, IOException, InterruptedException {
        try {
            for (Multistatus.Entry entry : server.list(folder.path())) {
                visit(folder, entry, look);
            }
        } catch (SourceUnavailable e) {
            if (folder.depth() == 0) {
                throw e;
            }
            look.leftOut(folder.path().below(server.root()), Reason.UNREADABLE, e.detail());
            look.incomplete(Reason.UNREADABLE);
        }
    }

    private void visit(Folder folder, Multistatus.Entry entry, Look look)
            throws SourceUnavailable, IOException, InterruptedException {
        DavPath path = server.root().told(entry.href()).orElse(null);
        if (path != null && (path.path() + "/").equals(folder.path().path())) {
            return; // the folder itself, as some write it
        }
        if (path == null || !path.path().startsWith(folder.path().path())) {
            if (++odd > MOST_ODD) {
                throw new SourceUnavailable(Trouble.ODD, "lists what is not in its folders");
            }
            look.leftOut(entry.href(), Reason.ODD_ADDRESS, "not in the folder that was asked for");
            return;
        }
        if (!path.isIn(folder.path())) {
            return; // the folder itself
        }
        String name = path.below(folder.path()).replaceFirst("/$", "");
        if (name.isEmpty() || name.contains("/") || Patterns.isHidden(name)) {
            return; // deeper ones come with their own folder
        }
        DavPath there = folder.path().at(folder.path().path() + name + (entry.folder() ? "/" : ""));
        if (!known.add(there.path())) {
            return;
        }
        if (!entry.folder()) {
            found(there, name, entry, look);
        } else if (folder.depth() == DEEPEST) {
            look.incomplete(Reason.TOO_DEEP);
        } else {
            waiting.add(new Folder(there, folder.depth() + 1));
        }
    }

    private void found(DavPath file, String name, Multistatus.Entry entry, Look look)
            throws IOException, InterruptedException {
        String address = file.below(server.root());
        if (patterns.want(address)) {
            look.found(
                    new Thing(
                            address,
                            name,
                            fingerprint(entry),
                            null,
                            () -> server.open(file, entry.bytes())));
        }
    }

    /// A server that tells nothing has its files read each time.
    private static String fingerprint(Multistatus.Entry entry) {
        return entry.etag().isEmpty() && entry.modified().isEmpty()
                ? UUID.randomUUID().toString()
                : entry.etag() + "\n" + entry.modified() + "\n" + entry.bytes();
    }
}
