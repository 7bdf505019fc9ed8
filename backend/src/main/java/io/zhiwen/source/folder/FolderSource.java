package io.zhiwen.source.folder;

import io.zhiwen.source.place.LeftOut;
import io.zhiwen.source.place.Look;
import io.zhiwen.source.place.Patterns;
import io.zhiwen.source.place.Reason;
import io.zhiwen.source.place.Source;
import io.zhiwen.source.place.SourceUnavailable;
import io.zhiwen.source.place.SourceUnavailable.Trouble;
import io.zhiwen.source.place.Thing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The files of a folder and of those in it. What is the same at two looks, some seconds apart, is
/// not being written; clocks of file servers are not asked, so this holds over NFS too. Symbolic
/// links are not followed: what they lead to is brought where it really is, and not at all when
/// that is outside.
final class FolderSource implements Source {

    private static final int DEEPEST = 64;

    private final Path root;
    private final Patterns patterns;
    private final Duration settled;

    /// @param root where it really is
    /// @param settled between the two looks at a file
    FolderSource(Path root, Patterns patterns, Duration settled) {
        this.root = root;
        this.patterns = patterns;
        this.settled = settled;
    }

    /// @param fingerprint at the first look
    private record Fresh(Path file, String address, String fingerprint) {}

    @Override
    public void each(Look look) throws SourceUnavailable, IOException, InterruptedException {
        if (!Files.isDirectory(root)) {
            throw new SourceUnavailable(Trouble.NOT_FOUND, root + " is gone");
        }
        List<Fresh> fresh = new ArrayList<>();
        walk(root, 0, look, fresh);
        if (fresh.isEmpty()) {
            return;
        }
        TimeUnit.NANOSECONDS.sleep(settled.toNanos());
        for (Fresh one : fresh) {
            bring(one, look);
        }
    }

    private void walk(Path folder, int depth, Look look, List<Fresh> fresh)
            throws IOException, InterruptedException {
        if (depth > DEEPEST) {
            look.incomplete(Reason.TOO_DEEP);
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Patterns.isHidden(String.valueOf(entry.getFileName()))) {
                    visit(entry, depth, look, fresh);
                }
            }
        } catch (NoSuchFileException e) {
            if (folder.equals(root)) {
                throw e;
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (java.nio.file.AccessDeniedException e) {
            if (folder.equals(root)) {
                throw e;
            }
            look.leftOut(address(folder) + "/", Reason.UNREADABLE, "not readable for Zhiwen");
            look.incomplete(Reason.UNREADABLE);
        }
    }

    private void visit(Path entry, int depth, Look look, List<Fresh> fresh)
            throws IOException, InterruptedException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(entry);
        } catch (NoSuchFileException _) {
            return; // it went while we looked
        }
        if (attributes.isDirectory()) {
            walk(entry, depth + 1, look, fresh);
            return;
        }
        String address = address(entry);
        if (!patterns.want(address)) {
            return;
        }
        if (attributes.isSymbolicLink()) {
            if (leadsOutside(entry)) {
                look.leftOut(address, Reason.LINK_OUTSIDE, "it leads out of the folder");
            }
        } else if (attributes.isRegularFile()) {
            var found = new Fresh(entry, address, fingerprint(entry, attributes));
            if (look.isGlance() || found.fingerprint().equals(look.fingerprintOf(address))) {
                look.found(thing(found));
            } else {
                fresh.add(found);
            }
        }
    }

    private void bring(Fresh one, Look look) throws IOException, InterruptedException {
        try {
            if (!isSame(one)) {
                look.leftOut(one.address(), Reason.STILL_WRITTEN, "it changed between two looks");
                return;
            }
        } catch (NoSuchFileException _) {
            return;
        }
        look.found(thing(one));
    }

    private Thing thing(Fresh one) {
        return new Thing(
                one.address(),
                String.valueOf(one.file().getFileName()),
                one.fingerprint(),
                null,
                () -> new Settled(open(one), one));
    }

    private InputStream open(Fresh one) throws IOException {
        try {
            return RealFile.open(root, root.relativize(one.file()));
        } catch (IOException e) {
            throw new LeftOut(Reason.UNREADABLE, "" + e);
        }
    }

    private static boolean isSame(Fresh one) throws IOException {
        return fingerprint(one.file(), attributes(one.file())).equals(one.fingerprint());
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /// Size and the two times a change sets; where the file system has but one, that one.
    private static String fingerprint(Path file, BasicFileAttributes attributes)
            throws IOException {
        String times = attributes.lastModifiedTime().toInstant().toString();
        if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            times += " " + Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        }
        return attributes.size() + " " + times;
    }

    private boolean leadsOutside(Path link) {
        try {
            return !link.toRealPath().startsWith(root);
        } catch (IOException _) {
            return true; // to nothing
        }
    }

    private String address(Path file) {
        List<String> parts = new ArrayList<>();
        root.relativize(file).forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }

    /// Ends with a word when the file has changed while it was read.
    private static final class Settled extends FilterInputStream {

        private final Fresh file;

        private Settled(InputStream in, Fresh file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            return ended(super.read());
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            return ended(super.read(to, from, length));
        }

        private int ended(int read) throws IOException {
            if (read < 0 && !isSame(file)) {
                throw new LeftOut(Reason.STILL_WRITTEN, "it changed while it was read");
            }
            return read;
        }
    }
}
