package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.io.IOException;
import java.nio.file.Path;

/// A photo, a screenshot or a fax: each of its pictures is a page that OCR reads.
final class PictureReader implements DocumentReader {

    private final OcrSettings settings;

    PictureReader(OcrSettings settings) {
        this.settings = settings;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (PictureFile picture = PictureFile.open(new PictureContent.OfFile(file))) {
            to.pages(picture.frames());
            new PageText().write(new PicturePages(picture, new OcrPages(settings, to)), to);
        }
    }
}
