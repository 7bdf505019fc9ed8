package io.zhiwen.ask.translate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// A bundled dictionary: sorted lines of a word, a tab and its translations, the best first, with
/// bars between. Kept as the bytes it is read from, so that a hundred thousand words cost 4 MB.
final class Dictionary {

    private final byte[] lines;
    private final int[] starts;

    private Dictionary(byte[] lines) {
        this.lines = lines;
        int count = 0;
        for (byte b : lines) {
            count += b == '\n' ? 1 : 0;
        }
        this.starts = new int[count];
        int start = 0;
        for (int line = 0; line < count; line++) {
            starts[line] = start;
            start = end(start, (byte) '\n') + 1;
        }
    }

    /// @param resource beside this class
    static Dictionary load(String resource) {
        try (InputStream in = Dictionary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in this build");
            }
            return new Dictionary(new GZIPInputStream(in, 1 << 16).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    /// Empty for a word it does not have.
    List<String> translations(String word) {
        byte[] wanted = word.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = starts.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = starts[middle];
            int tab = end(start, (byte) '\t');
            int order = Arrays.compareUnsigned(lines, start, tab, wanted, 0, wanted.length);
            if (order == 0) {
                String all =
                        new String(
                                lines,
                                tab + 1,
                                end(tab, (byte) '\n') - tab - 1,
                                StandardCharsets.UTF_8);
                return List.of(all.split("\\|", -1));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return List.of();
    }

    int size() {
        return starts.length;
    }

    private int end(int from, byte mark) {
        int at = from;
        while (lines[at] != mark) {
            at++;
        }
        return at;
    }
}
