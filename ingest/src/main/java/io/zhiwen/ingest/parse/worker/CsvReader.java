package io.zhiwen.ingest.parse.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Comma-separated values and their relatives: the delimiter is found out, the first row is the
/// header.
final class CsvReader implements DocumentReader {

    /// Rows in one table block.
    private static final int ROWS = 500;

    /// Characters that tell the delimiter.
    private static final int START = 20_000;

    private static final String DELIMITERS = ",;\t|";

    /// A larger file is read piece by piece.
    private static final int WHOLE = 1 << 20;

    @Override
    public void read(Path file, Blocks to) throws IOException {
        if (Files.size(file) > WHOLE) {
            readLarge(file, to);
            return;
        }
        String text = TextReader.decode(Bytes.of(file));
        char delimiter = delimiter(text);
        if (!isTable(text, delimiter)) {
            TextReader.write(text, to);
            return;
        }
        write(new CsvRows(new StringReader(text), delimiter), to);
    }

    /// What its start is in, the rest is in; a few damaged characters do no harm.
    private static void readLarge(Path file, Blocks to) throws IOException {
        Charset charset = LargeText.charset(file);
        String start;
        try (BufferedReader in = LargeText.reader(file, charset)) {
            char[] head = new char[START];
            start = new String(head, 0, Math.max(0, in.read(head)));
        }
        char delimiter = delimiter(start);
        if (!isTable(start, delimiter)) {
            TextReader.write(TextReader.decode(Bytes.of(file)), to);
            return;
        }
        try (BufferedReader in = LargeText.reader(file, charset)) {
            write(new CsvRows(in, delimiter), to);
        }
    }

    private static boolean isTable(String text, char delimiter) throws IOException {
        CsvRows rows = new CsvRows(new StringReader(text), delimiter);
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (row.size() > 1 && !row.stream().allMatch(String::isBlank)) {
                return true;
            }
        }
        return false;
    }

    private static void write(CsvRows rows, Blocks to) throws IOException {
        List<String> header = null;
        List<List<String>> table = new ArrayList<>();
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (row.stream().allMatch(String::isBlank)) {
                continue;
            }
            if (header == null) {
                header = row;
            }
            table.add(row);
            if (table.size() > ROWS) {
                to.table(table, 1);
                table = new ArrayList<>(List.of(header));
            }
        }
        if (table.size() > 1 || (header != null && to.isEmpty())) {
            to.table(table, 1);
        }
    }

    /// The one that cuts the first records into the same number of cells, as many as possible.
    private static char delimiter(String text) throws IOException {
        String start = text.substring(0, Math.min(text.length(), START));
        char best = ',';
        double most = 0;
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char delimiter = DELIMITERS.charAt(i);
            List<List<String>> rows = all(start, delimiter);
            int columns = rows.isEmpty() ? 0 : rows.getFirst().size();
            long like = rows.stream().filter(row -> row.size() == columns).count();
            double score =
                    columns < 2 ? 0 : (double) like / rows.size() + Math.min(columns, 50) * 0.002;
            if (score > most) {
                most = score;
                best = delimiter;
            }
        }
        return best;
    }

    private static List<List<String>> all(String text, char delimiter) throws IOException {
        CsvRows rows = new CsvRows(new StringReader(text), delimiter);
        List<List<String>> all = new ArrayList<>();
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }
}
