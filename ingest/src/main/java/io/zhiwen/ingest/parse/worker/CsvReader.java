package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Comma-separated values and their relatives: the delimiter is found out, the first row is the
/// header.
final class CsvReader implements DocumentReader {

    /// Rows in one table block.
    private static final int ROWS = 500;

    private static final String DELIMITERS = ",;\t|";

    @Override
    public void read(Path file, Blocks to) throws IOException {
        String text = TextReader.decode(Bytes.of(file));
        List<List<String>> rows = rows(text, delimiter(text));
        rows.removeIf(row -> row.stream().allMatch(String::isBlank));
        if (rows.stream().mapToInt(List::size).max().orElse(0) < 2) {
            TextReader.write(text, to);
            return;
        }
        List<String> header = rows.getFirst();
        for (int from = 1; from < Math.max(2, rows.size()); from += ROWS) {
            List<List<String>> table = new ArrayList<>();
            table.add(header);
            table.addAll(rows.subList(from, Math.min(rows.size(), from + ROWS)));
            to.table(table, 1);
        }
    }

    /// The one that cuts the first records into the same number of cells, as many as possible.
    private static char delimiter(String text) {
        String start = text.substring(0, Math.min(text.length(), 20_000));
        char best = ',';
        double most = 0;
        for (int i = 0; i < DELIMITERS.length(); i++) {
            char delimiter = DELIMITERS.charAt(i);
            List<List<String>> rows = rows(start, delimiter);
            int columns = rows.getFirst().size();
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

    /// RFC 4180, forgiving: a quote inside an unquoted cell is itself.
    private static List<List<String>> rows(String text, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == delimiter) {
                row.add(take(cell));
            } else if (c == '\n' || c == '\r') {
                i += c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
                row.add(take(cell));
                rows.add(row);
                row = new ArrayList<>();
            } else {
                cell.append(c);
            }
        }
        if (!cell.isEmpty() || !row.isEmpty()) {
            row.add(take(cell));
            rows.add(row);
        }
        return rows;
    }

    private static String take(StringBuilder cell) {
        String text = cell.toString();
        cell.setLength(0);
        return text;
    }
}
