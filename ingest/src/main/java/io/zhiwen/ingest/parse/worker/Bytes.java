package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads whole texts into memory, but no more than a worker's heap bears.
final class Bytes {

    private static final int MOST = 48 << 20;

    private Bytes() {}

    static byte[] of(Path file) throws IOException {
        if (Files.size(file) > MOST) {
            throw new Refused(Reason.TOO_LARGE, "text of more than " + MOST + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /// However much the compressed data promised.
    static byte[] of(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
            throw new Refused(Reason.TOO_LARGE, "a part of more than " + MOST + " bytes");
        }
        return bytes;
    }
}
