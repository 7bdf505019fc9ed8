package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Texts that are too large to be held in memory.
final class LargeText {

    private LargeText() {}

    /// The charset of a file that is too large to be read at once, by its start.
    ///
    /// @throws Refused when that is no text
    static Charset charset(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(1 << 20);
        }
        Charset marked = byMarkOnly(start);
        if (marked != null) {
            return marked;
        }
        int end = start.length;
        while (end > 0 && start[end - 1] != '\n') {
            end--; // a character may be cut in two
        }
        byte[] lines = end == 0 ? start : Arrays.copyOf(start, end);
        if (Charsets.strict(lines, StandardCharsets.UTF_8) != null && !Charsets.isUtf16(lines)) {
            return StandardCharsets.UTF_8;
        }
        Charset best = Charsets.best(lines);
        if (best == null) {
            throw new Refused(Reason.CORRUPT, "in no known charset");
        }
        return best;
    }

    private static @Nullable Charset byMarkOnly(byte[] start) {
        int first = start.length < 2 ? 0 : (start[0] & 0xFF) << 8 | (start[1] & 0xFF);
        return switch (first) {
            case 0xEFBB -> StandardCharsets.UTF_8;
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            default -> null;
        };
    }

    /// Damaged characters are replaced; a mark at the start is left out.
    static BufferedReader reader(Path file, Charset charset) throws IOException {
        var decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }
}
