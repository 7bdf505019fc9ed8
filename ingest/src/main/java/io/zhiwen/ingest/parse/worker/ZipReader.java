package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// An archive is a folder: its text is the list of its files, and each of them is a document of its
/// own. What systems put beside a person's files is left out.
final class ZipReader implements DocumentReader {

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            List<String> names = names(entries);
            for (int i = 0; i < entries.size(); i++) {
                ZipArchiveEntry entry = entries.get(i);
                if (!entry.isDirectory() && !entry.isUnixSymlink() && !Litter.is(names.get(i))) {
                    unpack(zip, entry, names.get(i), to.parts());
                }
            }
        }
        List<Part> parts = to.parts().all();
        if (!parts.isEmpty() && parts.stream().allMatch(p -> p.reason() == Reason.ENCRYPTED_PART)) {
            throw new Refused(Reason.ENCRYPTED, "all of its files are protected by a password");
        }
        parts.forEach(part -> to.listItem(1, part.name()));
    }

    private static void unpack(ZipFile zip, ZipArchiveEntry entry, String name, Parts to)
            throws IOException {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            to.refuse(name, Reason.ENCRYPTED_PART);
        } else if (!zip.canReadEntryData(entry)) {
            to.refuse(name, Reason.UNSUPPORTED);
        } else {
            try (InputStream content = zip.getInputStream(entry)) {
                to.add(name, content, entry.getCompressedSize());
            }
        }
    }

    /// Names without a mark for UTF-8 are in whatever charset the writer's system had, most often
    /// GBK in China; together they tell which better than each alone.
    private static List<String> names(List<ZipArchiveEntry> entries) {
        ByteArrayOutputStream unmarked = new ByteArrayOutputStream();
        for (ZipArchiveEntry entry : entries) {
            if (!isMarked(entry)) {
                unmarked.writeBytes(entry.getRawName());
                unmarked.write('\n');
            }
        }
        String text = Charsets.decode(unmarked.toByteArray(), null);
        String[] lines = text == null ? new String[0] : text.split("\n", -1);
        boolean fits =
                lines.length == entries.stream().filter(entry -> !isMarked(entry)).count() + 1;
        int[] next = {0};
        return entries.stream()
                .map(
                        entry ->
                                isMarked(entry)
                                        ? entry.getName()
                                        : fits ? lines[next[0]++] : alone(entry))
                .toList();
    }

    private static boolean isMarked(ZipArchiveEntry entry) {
        return entry.getGeneralPurposeBit().usesUTF8ForNames()
                || entry.getNameSource() != ZipArchiveEntry.NameSource.NAME;
    }

    private static String alone(ZipArchiveEntry entry) {
        @Nullable String name = Charsets.decode(entry.getRawName(), null);
        return name == null ? new String(entry.getRawName(), StandardCharsets.ISO_8859_1) : name;
    }
}
