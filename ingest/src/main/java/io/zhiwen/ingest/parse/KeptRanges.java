package io.zhiwen.ingest.parse;

import io.zhiwen.ingest.parse.worker.Frames;
import io.zhiwen.ingest.upload.SourceFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ranges of pages that were read of long files, so that a crash of this process costs the
/// range it was at. A file holds what the worker answered, up to the last whole range; it goes when
/// the reading ends. What cannot be kept is read again. Safe for concurrent use.
final class KeptRanges {

    private static final Logger log = LoggerFactory.getLogger(KeptRanges.class);

    /// To be raised when the same pages are understood otherwise than before.
    private static final int READING = 1;

    private static final String SUFFIX = ".ranges";

    /// Nobody comes for older ones: another node has read the file, or it was deleted.
    private static final int MOST = 16;

    private final Path folder;
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    KeptRanges(Path folder) throws IOException {
        this.folder = folder;
        if (Files.isDirectory(folder)) {
            sweep();
        }
    }

    private void sweep() throws IOException {
        Map<Path, FileTime> written = new HashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : all) {
                written.put(file, Files.getLastModifiedTime(file));
            }
        }
        List<Path> oldestFirst = new ArrayList<>(written.keySet());
        oldestFirst.sort(Comparator.comparing(written::get));
        for (Path file : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - MOST))) {
            Files.deleteIfExists(file);
        }
    }

    /// What is kept of a file that is read under these settings; to be closed behind the reading.
    Kept of(SourceFile file, ParseSettings settings) {
        String what = READING + "\n" + file.name() + "\n" + settings;
        UUID how = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
        String key = file.sha256().hex() + "-" + how + SUFFIX;
        return new Kept(key, inUse.add(key));
    }

    /// Of one file, for one reading at a time: who comes second keeps nothing.
    final class Kept implements AutoCloseable {

        private final String key;
        private final Path path;
        private final boolean mine;
        private final List<Frames.Reply> ranges;
        private List<Frames.Reply> open = new ArrayList<>();
        private boolean keeps;

        private Kept(String key, boolean mine) {
            this.key = key;
            this.path = folder.resolve(key);
            this.mine = mine;
            this.keeps = mine;
            this.ranges = mine ? read() : List.of();
        }

        /// The answers of a worker up to the last whole range.
        List<Frames.Reply> ranges() {
            return ranges;
        }

        /// Behind that range; null when nothing was read yet.
        @Nullable String state() {
            return ranges.isEmpty() ? null : ranges.getLast().state();
        }

        private List<Frames.Reply> read() {
            List<Frames.Reply> all = new ArrayList<>();
            int whole = 0;
            if (Files.exists(path)) {
                try (var in =
                        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
                    while (true) {
                        Frames.Reply reply = Frames.read(in, Frames.Reply.class);
                        all.add(reply);
                        whole = reply.state() == null ? whole : all.size();
                    }
                } catch (IOException e) {
                    log.debug("{} ends behind {} answers", path, whole, e);
                }
            }
            return List.copyOf(all.subList(0, whole));
        }

        /// Keeps the answers of a range when it is whole.
        void add(Frames.Reply reply) {
            if (!keeps) {
                return;
            }
            open.add(reply);
            if (reply.state() != null) {
                write(open);
                open = new ArrayList<>();
            }
        }

        private void write(List<Frames.Reply> range) {
            try {
                Files.createDirectories(folder);
                append(range);
            } catch (IOException e) {
                log.warn("could not keep the pages read by now in {}", path, e);
                remove();
            }
        }

        private void append(List<Frames.Reply> range) throws IOException {
            try (var out =
                    new DataOutputStream(
                            new BufferedOutputStream(
                                    Files.newOutputStream(
                                            path,
                                            StandardOpenOption.CREATE,
                                            StandardOpenOption.APPEND)))) {
                for (Frames.Reply reply : range) {
                    Frames.write(out, reply);
                }
            }
        }

        /// Nobody needs it any more.
        void remove() {
            keeps = false;
            if (mine) {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    log.warn("could not remove {}", path, e);
                }
            }
        }

        @Override
        public void close() {
            if (mine) {
                inUse.remove(key);
            }
        }
    }
}
