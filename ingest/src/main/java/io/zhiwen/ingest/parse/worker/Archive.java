package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.jspecify.annotations.Nullable;

/// A document that is a zip file. Looked at before anything is unpacked, and counted while it is;
/// nothing is ever written to disk.
final class Archive implements AutoCloseable {

    private static final int MOST_ENTRIES = 20_000;
    private static final long MOST_BYTES = 1L << 30;
    private static final long HARMLESS = 4L << 20;
    private static final int HIGHEST_RATIO = Parts.HIGHEST_RATIO;

    private final ZipFile zip;
    private long unpacked;

    private Archive(ZipFile zip) {
        this.zip = zip;
    }

    static Archive open(Path file) throws IOException {
        check(file);
        return new Archive(new ZipFile(file.toFile()));
    }

    /// @throws Refused when unpacking it would not end well
    static void check(Path file) throws IOException {
        try (var zip = lenient(file)) {
            List<ZipArchiveEntry> all = Collections.list(zip.getEntries());
            if (all.size() > MOST_ENTRIES) {
                throw new Refused(Reason.TOO_LARGE, all.size() + " parts");
            }
            long sum = 0;
            for (ZipArchiveEntry entry : all) {
                long size = entry.getSize();
                sum += size;
                boolean bomb =
                        size > HARMLESS
                                && size / Math.max(1, entry.getCompressedSize()) > HIGHEST_RATIO;
                if (bomb || sum > MOST_BYTES) {
                    throw new Refused(Reason.TOO_LARGE, "unpacks to far more than it seems");
                }
            }
        }
    }

    /// Also opens what has encrypted entries and names in other charsets than UTF-8, as the JDK
    /// does
    /// not.
    private static org.apache.commons.compress.archivers.zip.ZipFile lenient(Path file)
            throws IOException {
        return org.apache.commons.compress.archivers.zip.ZipFile.builder()
                .setPath(file)
                .setIgnoreLocalFileHeader(true)
                .get();
    }

    List<String> names() {
        return zip.stream().map(ZipEntry::getName).sorted().toList();
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /// The part, or null when there is none.
    @Nullable InputStream stream(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name.startsWith("/") ? name.substring(1) : name);
        return entry == null ? null : new Counted(zip.getInputStream(entry));
    }

    byte @Nullable [] bytes(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return in == null ? null : Bytes.of(in);
        }
    }

    /// Without document types, entities and other files.
    static XMLStreamReader xml(InputStream in) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return factory.createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int read = super.read(to, from, length);
            return count(read, read);
        }

        private int count(int result, int read) {
            if (result >= 0) {
                unpacked += read;
                if (unpacked > 2 * MOST_BYTES) {
                    throw new Refused(Reason.TOO_LARGE, "unpacks to more than it says");
                }
            }
            return result;
        }
    }
}
