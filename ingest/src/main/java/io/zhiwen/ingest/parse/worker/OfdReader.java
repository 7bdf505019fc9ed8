package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.nio.file.Path;

/// OFD (GB/T 33190), as Chinese invoices and official papers come: pages of characters with their
/// places, read as those of a PDF are. Pages that are pictures are read by OCR.
final class OfdReader implements DocumentReader {

    private final OcrSettings settings;

    OfdReader(OcrSettings settings) {
        this.settings = settings;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            if (archive.has("Encryptions.xml") || archive.has("Encryption.xml")) {
                throw new Refused(Reason.ENCRYPTED, "protected by a password");
            }
            OfdPackage ofd = OfdPackage.of(archive);
            to.title(ofd.title());
            to.pages(ofd.pages().size());
            new PageText().write(new OfdPages(ofd, new OcrPages(settings, to), to.maxChars()), to);
        }
    }
}
