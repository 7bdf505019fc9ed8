package io.zhiwen.ingest.table;

import io.zhiwen.ingest.clean.CleanDocument;
import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Block.Kind;
import io.zhiwen.ingest.parse.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads the tables of a document that have a head and at least two rows. A table is taken whole or
/// not at all: a sum over a part of it would be wrong.
public final class Tables {

    private static final int MOST_ROWS = 500_000;
    private static final int MOST_COLUMNS = 200;
    private static final int LONGEST_CAPTION = 60;

    private final UnaryOperator<String> fold;

    /// @param fold how search folds a text
    public Tables(UnaryOperator<String> fold) {
        this.fold = fold;
    }

    /// In the order of the document. A table that goes on in the next block below the same head is
    /// one.
    public List<DataTable> of(CleanDocument document) {
        List<Open> all = new ArrayList<>();
        List<Block> blocks = document.blocks();
        List<Span> spans = document.spans();
        List<String> headings = new ArrayList<>();
        Block before = null;
        Open open = null;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            boolean goesOn = open != null && open.goesOnIn(block);
            if (open != null && !goesOn) {
                open.whole &= block.kind() != Kind.TABLE || block.headerRows() > 0;
                open = null;
            }
            if (block.kind() == Kind.HEADING) {
                headings.subList(Math.min(block.level() - 1, headings.size()), headings.size())
                        .clear();
                headings.add(block.text());
            } else if (block.kind() == Kind.TABLE && block.headerRows() > 0) {
                if (open == null) {
                    open = new Open(block, titles(block, headings, before));
                    all.add(open);
                }
                open.add(block, spans.get(i).start());
            }
            before = block;
        }
        all.forEach(one -> one.whole &= all.stream().noneMatch(one::isAlike));
        List<DataTable> tables = new ArrayList<>();
        all.forEach(one -> close(one, tables));
        return tables;
    }

    private static List<String> titles(Block block, List<String> headings, @Nullable Block before) {
        List<String> titles = new ArrayList<>();
        if (block.sheet() != null) {
            titles.add(block.sheet());
        }
        titles.addAll(headings.reversed());
        boolean caption =
                before != null
                        && before.kind() == Kind.PARAGRAPH
                        && before.text().length() <= LONGEST_CAPTION;
        if (caption) {
            titles.add(Objects.requireNonNull(before).text());
        }
        return titles;
    }

    private void close(Open open, List<DataTable> tables) {
        int taken = tables.stream().mapToInt(DataTable::size).sum();
        if (open.lines.size() < 2
                || taken + open.lines.size() > MOST_ROWS
                || open.width() > MOST_COLUMNS) {
            return;
        }
        List<List<String>> cells = open.lines.stream().map(DataTable.Line::cells).toList();
        boolean flat = open.whole && !RowKind.isExcerpt(open.titles) && RowKind.isFlat(cells);
        List<List<String>> rows = cells.stream().filter(row -> !RowKind.isTotal(row)).toList();
        List<DataColumn> columns = new ArrayList<>();
        for (int column = 0; column < open.width(); column++) {
            var name = ColumnName.of(open.head(column), fold);
            columns.add(Columns.of(name, rows, column, fold));
        }
        tables.add(new DataTable(open.titles, open.sheet, columns, open.lines, flat, fold));
    }

    /// A table of which more may come.
    private static final class Open {

        private final List<List<String>> head;
        private final List<String> titles;
        private final @Nullable String sheet;
        private final List<DataTable.Line> lines = new ArrayList<>();

        /// Not so when a table without head stands right below, or one of the same head elsewhere:
        /// it may be the rest of it.
        private boolean whole = true;

        private Open(Block block, List<String> titles) {
            this.titles = new ArrayList<>(titles);
            this.sheet = block.sheet();
            this.head = block.rows().subList(0, block.headerRows());
        }

        private boolean goesOnIn(Block block) {
            return block.kind() == Kind.TABLE
                    && block.headerRows() > 0
                    && Objects.equals(sheet, block.sheet())
                    && head.equals(block.rows().subList(0, block.headerRows()));
        }

        private boolean isAlike(Open other) {
            return other != this && Objects.equals(sheet, other.sheet) && head.equals(other.head);
        }

        private void add(Block block, int offset) {
            int start = offset;
            for (int i = 0; i < block.rows().size(); i++) {
                List<String> cells = block.rows().get(i);
                int length = String.join(" | ", cells).length();
                boolean empty = cells.stream().allMatch(String::isBlank);
                if (i >= block.headerRows() && !empty && !head.contains(cells)) {
                    lines.add(new DataTable.Line(cells, start, start + length, block.page()));
                }
                start += length + 1;
            }
        }

        private int width() {
            int width = head.stream().mapToInt(List::size).max().orElse(0);
            return Math.max(width, lines.stream().mapToInt(l -> l.cells().size()).max().orElse(0));
        }

        /// The cells of a column's head; a title over the whole table is none of them.
        private List<String> head(int column) {
            return head.stream()
                    .filter(row -> !isTitle(row))
                    .map(row -> column < row.size() ? row.get(column) : "")
                    .toList();
        }

        private boolean isTitle(List<String> row) {
            List<String> said = row.stream().filter(cell -> !cell.isBlank()).toList();
            boolean alone = said.size() == 1 && !row.getFirst().isBlank() && width() > 1;
            return alone || (said.size() == width() && said.stream().distinct().count() == 1);
        }
    }
}
