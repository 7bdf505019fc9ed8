package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads records one after the other, so that a file may be larger than memory. RFC 4180,
/// forgiving: a quote inside an unquoted cell is itself.
final class CsvRows {

    private static final int NONE = -2;

    private final Reader in;
    private final char delimiter;
    private int ahead = NONE;

    /// @param in read in small steps; buffer it
    CsvRows(Reader in, char delimiter) {
        this.in = in;
        this.delimiter = delimiter;
    }

    /// The next record, or null behind the last.
    @Nullable List<String> next() throws IOException {
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int c = take(); c >= 0; c = take()) {
            if (quoted) {
                if (c != '"') {
                    cell.append((char) c);
                } else if (peek() == '"') {
                    cell.append((char) take());
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == delimiter) {
                row.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n' || c == '\r') {
                if (c == '\r' && peek() == '\n') {
                    take();
                }
                row.add(cell.toString());
                return row;
            } else {
                cell.append((char) c);
            }
        }
        if (cell.isEmpty() && row.isEmpty()) {
            return null;
        }
        row.add(cell.toString());
        return row;
    }

    private int peek() throws IOException {
        if (ahead == NONE) {
            ahead = in.read();
        }
        return ahead;
    }

    private int take() throws IOException {
        int c = peek();
        ahead = c < 0 ? c : NONE;
        return c;
    }
}
