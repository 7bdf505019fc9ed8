package io.zhiwen.curate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/// Tables as spreadsheets read them: with a mark that says UTF-8, and nothing in a cell that a
/// spreadsheet would take for a formula.
public final class Csv {

    private static final String MARK = "\uFEFF";
    private static final String FORMULAS = "=+-@\t\r";

    private Csv() {}

    public static String of(List<String> head, List<? extends List<String>> rows) {
        var text = new StringBuilder(MARK);
        try (var printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(head);
            for (List<String> row : rows) {
                printer.printRecord(row.stream().map(Csv::tame).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String tame(String cell) {
        boolean number = cell.matches("-?\\d+(\\.\\d+)?");
        return !number && !cell.isEmpty() && FORMULAS.indexOf(cell.charAt(0)) >= 0
                ? "'" + cell
                : cell;
    }

    /// What `of` wrote, as it was.
    static String wild(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && FORMULAS.indexOf(cell.charAt(1)) >= 0
                ? cell.substring(1)
                : cell;
    }
}
