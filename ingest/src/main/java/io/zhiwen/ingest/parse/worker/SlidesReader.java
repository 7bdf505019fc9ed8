package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.nio.file.Path;

/// Not read yet.
final class SlidesReader implements DocumentReader {

    @Override
    public void read(Path file, Blocks to) {
        throw new Refused(Reason.UNSUPPORTED, "not read yet");
    }
}
