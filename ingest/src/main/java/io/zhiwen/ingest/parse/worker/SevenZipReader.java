package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/// A 7z archive as a folder.
final class SevenZipReader implements DocumentReader {

    private static final int MOST_KILOBYTES = 128 * 1024;

    @Override
    public void read(Path file, Blocks to) throws IOException {
        long packed = Files.size(file);
        try (SevenZFile archive =
                SevenZFile.builder().setPath(file).setMaxMemoryLimitKiB(MOST_KILOBYTES).get()) {
            for (SevenZArchiveEntry entry = archive.getNextEntry();
                    entry != null;
                    entry = archive.getNextEntry()) {
                String name = entry.getName() == null ? "" : entry.getName();
                if (!entry.isDirectory() && !entry.isAntiItem() && !Litter.is(name)) {
                    try (InputStream content = archive.getInputStream(entry)) {
                        to.parts().add(name, content, packed);
                    }
                }
            }
        } catch (PasswordRequiredException e) {
            throw new Refused(Reason.ENCRYPTED, "protected by a password");
        }
        to.parts().all().forEach(part -> to.listItem(1, part.name()));
    }
}
