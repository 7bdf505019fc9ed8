package io.zhiwen.ingest;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// How many cells of tables, as a person wrote them down, were understood in their row and column.
public final class TableFidelity {

    /// A table that a person wrote down, or part of one.
    ///
    /// @param name of the table
    /// @param file it stands in
    public record Expected(String name, String file, List<List<String>> rows) {

        /// Of a text file: the name of the document, then a row a line, cells parted by ` | `.
        public static Expected read(Path path) throws IOException {
            List<String> lines = Files.readAllLines(path);
            List<List<String>> rows =
                    lines.subList(1, lines.size()).stream()
                            .filter(line -> !line.isBlank())
                            .map(line -> Arrays.stream((line + " ").split(" \\| ", -1)))
                            .map(cells -> cells.map(TableFidelity::plain).toList())
                            .toList();
            String name = path.getFileName().toString().replaceFirst("\\.txt$", "");
            return new Expected(name, lines.getFirst().strip(), rows);
        }

        /// Of each text file of a folder, by name.
        public static List<Expected> readAll(Path folder) throws IOException {
            List<Expected> tables = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    if (file.toString().endsWith(".txt")) {
                        tables.add(read(file));
                    }
                }
            }
            return tables;
        }
    }

    /// @param right cells with the expected text in the expected row and column
    /// @param wrong the expected rows that were not wholly right
    public record Score(String name, int right, int cells, List<String> wrong) {}

    private TableFidelity() {}

    /// The best that a table of the document gives; its rows may lie apart, but in their order.
    public static Score of(Expected expected, List<Block> document) {
        int cells = expected.rows().stream().mapToInt(List::size).sum();
        Score best = new Score(expected.name(), 0, cells, List.of("no table"));
        for (List<List<String>> table : tables(document)) {
            Score score = align(expected, table, cells);
            best = score.right() > best.right() ? score : best;
        }
        return best;
    }

    /// A table that goes on in the next block below the same head is one.
    private static List<List<List<String>>> tables(List<Block> document) {
        List<List<List<String>>> tables = new ArrayList<>();
        List<List<String>> head = List.of();
        for (Block block : document) {
            if (block.kind() != Kind.TABLE) {
                continue;
            }
            List<List<String>> rows =
                    block.rows().stream()
                            .map(row -> row.stream().map(TableFidelity::plain).toList())
                            .toList();
            List<List<String>> own = rows.subList(0, block.headerRows());
            if (!own.isEmpty() && own.equals(head)) {
                tables.getLast().addAll(rows.subList(own.size(), rows.size()));
            } else {
                tables.add(new ArrayList<>(rows));
                head = own;
            }
        }
        return tables;
    }

    /// Rows beside rows so that most cells agree, by dynamic programming.
    private static Score align(Expected expected, List<List<String>> table, int cells) {
        List<List<String>> rows = expected.rows();
        int[][] best = new int[rows.size() + 1][table.size() + 1];
        for (int i = rows.size() - 1; i >= 0; i--) {
            for (int j = table.size() - 1; j >= 0; j--) {
                int both = same(rows.get(i), table.get(j)) + best[i + 1][j + 1];
                best[i][j] = Math.max(both, Math.max(best[i + 1][j], best[i][j + 1]));
            }
        }
        List<String> wrong = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < rows.size() && j < table.size()) {
            int same = same(rows.get(i), table.get(j));
            if (best[i][j] == best[i][j + 1]) {
                j++;
            } else if (best[i][j] == same + best[i + 1][j + 1]) {
                if (same < rows.get(i).size()) {
                    wrong.add(rows.get(i) + " is " + table.get(j));
                }
                i++;
                j++;
            } else {
                wrong.add(rows.get(i++) + " is missing");
            }
        }
        rows.subList(i, rows.size()).forEach(row -> wrong.add(row + " is missing"));
        return new Score(expected.name(), best[0][0], cells, wrong);
    }

    /// An empty cell beside nothing right is no merit.
    private static int same(List<String> expected, List<String> row) {
        int same = 0;
        boolean text = false;
        for (int i = 0; i < expected.size(); i++) {
            String cell = i < row.size() ? row.get(i) : "";
            if (expected.get(i).equals(cell)) {
                same++;
                text |= !cell.isEmpty();
            }
        }
        return text ? same : 0;
    }

    /// Width of characters and space around Chinese ones aside.
    private static String plain(String cell) {
        return Normalizer.normalize(cell, Normalizer.Form.NFKC)
                .replaceAll("\\s+", " ")
                .replaceAll(
                        "(?<=[^\\x00-\\x7f]) | (?=[^\\x00-\\x7f])|(?<=[^\\x00-\\x7f]\\w) (?=\\()",
                        "")
                .strip();
    }
}
