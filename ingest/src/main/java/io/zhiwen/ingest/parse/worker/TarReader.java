package io.zhiwen.ingest.parse.worker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// A tar archive, packed or not, as a folder; a packed file that is none is a folder of one.
final class TarReader implements DocumentReader {

    private static final int RECORD = 512;
    private static final int MOST_KILOBYTES = 100 * 1024;

    private final String type;
    private final String name;

    /// @param name of the archive
    TarReader(String type, String name) {
        this.type = type;
        this.name = name;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        long packed = Files.size(file);
        try (InputStream in = Files.newInputStream(file);
                InputStream unpacked = new BufferedInputStream(unpacked(in))) {
            if (isTar(unpacked)) {
                folder(unpacked, packed, to.parts());
            } else {
                to.parts().add(inside(), unpacked, packed);
            }
        }
        to.parts().all().forEach(part -> to.listItem(1, part.name()));
    }

    private InputStream unpacked(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        return switch (type) {
            case ArchiveTypes.GZIP ->
                    GzipCompressorInputStream.builder()
                            .setInputStream(buffered)
                            .setDecompressConcatenated(true)
                            .get();
            case ArchiveTypes.BZIP2 -> new BZip2CompressorInputStream(buffered, true);
            case ArchiveTypes.XZ ->
                    XZCompressorInputStream.builder()
                            .setInputStream(buffered)
                            .setMemoryLimitKiB(MOST_KILOBYTES)
                            .get();
            default -> buffered;
        };
    }

    private static boolean isTar(InputStream in) throws IOException {
        in.mark(RECORD);
        byte[] head = in.readNBytes(RECORD);
        in.reset();
        return head.length == RECORD && head[0] != 0 && TarUtils.verifyCheckSum(head);
    }

    private static void folder(InputStream in, long packed, Parts to) throws IOException {
        try (var tar = new TarArchiveInputStream(in, StandardCharsets.ISO_8859_1.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                String entryName = read(entry.getName());
                if (entry.isFile()
                        && !entry.isSymbolicLink()
                        && !entry.isLink()
                        && !Litter.is(entryName)) {
                    to.add(entryName, tar, packed);
                }
            }
        }
    }

    /// A name is in whatever charset its writer's system had, unless the archive says it in UTF-8.
    private static String read(String raw) {
        if (raw.chars().anyMatch(c -> c > 0xFF)) {
            return raw;
        }
        @Nullable String text = Charsets.decode(raw.getBytes(StandardCharsets.ISO_8859_1), null);
        return text == null ? raw : text;
    }

    /// What a packed file is called when it is unpacked.
    private String inside() {
        String bare = name.substring(name.lastIndexOf('/') + 1);
        String lower = bare.toLowerCase(Locale.ROOT);
        for (String end : new String[] {".gz", ".bz2", ".xz"}) {
            if (lower.endsWith(end)) {
                return bare.substring(0, bare.length() - end.length());
            }
        }
        return bare;
    }
}
