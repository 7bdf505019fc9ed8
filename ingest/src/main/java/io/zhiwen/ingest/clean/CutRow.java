package io.zhiwen.ingest.clean;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// A row of a table that a page break cuts in two: what stands first on the next page, below the
/// same head and without a name of its own, goes on in the middle of the cells above.
final class CutRow {

    /// A shorter Chinese cell may be whole wherever it ends.
    private static final int LONG_ENOUGH_TO_BREAK = 8;

    private static final Pattern AMOUNT = Pattern.compile("[^\\p{L}]*");

    private CutRow() {}

    static boolean isBetween(Block before, Block block) {
        if (before.kind() != Kind.TABLE
                || block.kind() != Kind.TABLE
                || block.headerRows() == 0
                || block.headerRows() >= block.rows().size()
                || before.headerRows() >= before.rows().size()
                || !head(before).equals(head(block))
                || before.page() == null
                || !Objects.equals(before.page() + 1, block.page())) {
            return false;
        }
        List<String> above = before.rows().getLast();
        List<String> below = block.rows().get(block.headerRows());
        boolean named = !cell(below, 0).isEmpty() && !cell(below, 0).equals(cell(above, 0));
        List<Integer> filled = filled(below);
        return !named
                && !filled.isEmpty()
                && filled.size() < filled(above).size()
                && filled.stream().allMatch(at -> goesOn(cell(above, at), cell(below, at)));
    }

    /// The table above with its last row whole.
    static Block whole(Block before, Block block) {
        List<String> below = block.rows().get(block.headerRows());
        List<String> row = new ArrayList<>(before.rows().getLast());
        for (int at : filled(below)) {
            StringBuilder text = new StringBuilder(row.get(at));
            Lines.append(text, below.get(at));
            row.set(at, text.toString());
        }
        List<List<String>> rows = new ArrayList<>(before.rows());
        rows.set(rows.size() - 1, row);
        return Block.table(rows, before.headerRows(), before.page(), before.sheet());
    }

    /// What is left of the table below; its head alone where nothing is.
    static Block rest(Block block) {
        List<List<String>> rows = new ArrayList<>(block.rows());
        rows.remove(block.headerRows());
        return Block.table(rows, block.headerRows(), block.page(), block.sheet());
    }

    private static List<List<String>> head(Block table) {
        return table.rows().subList(0, table.headerRows());
    }

    private static String cell(List<String> row, int at) {
        return at < row.size() ? row.get(at) : "";
    }

    /// The cells that say something, the name aside.
    private static List<Integer> filled(List<String> row) {
        List<Integer> filled = new ArrayList<>();
        for (int at = 1; at < row.size(); at++) {
            if (!row.get(at).isEmpty()) {
                filled.add(at);
            }
        }
        return filled;
    }

    private static boolean goesOn(String above, String below) {
        if (above.isEmpty() || AMOUNT.matcher(above).matches() || AMOUNT.matcher(below).matches()) {
            return false;
        }
        char last = above.charAt(above.length() - 1);
        char first = below.charAt(0);
        boolean latin =
                Character.isLowerCase(first)
                        && (Character.isLetter(last) || "-,;".indexOf(last) >= 0);
        boolean chinese =
                Character.isIdeographic(first)
                        && above.length() >= LONG_ENOUGH_TO_BREAK
                        && (Character.isIdeographic(last) || "，、；".indexOf(last) >= 0);
        return latin || chinese;
    }
}
