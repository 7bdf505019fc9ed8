package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;

/// The merged cells of a sheet, applied to its rows in order: one that spans rows says the same in
/// each; one that spans columns does in all of them, unless it begins the row or is long, as titles
/// and notes are.
final class Merges {

    private static final int MOST = 100_000;
    private static final int LONGEST_ACROSS = 60;

    private static final class Open {
        private final CellRangeAddress range;
        private String text = "";

        private Open(CellRangeAddress range) {
            this.range = range;
        }
    }

    private final List<CellRangeAddress> ranges;
    private final List<Open> open = new ArrayList<>();
    private int next;

    private Merges(List<CellRangeAddress> ranges) {
        this.ranges = ranges;
    }

    /// Of the sheet's XML, in which they stand behind the rows.
    static Merges of(InputStream in) throws IOException, XMLStreamException {
        List<CellRangeAddress> ranges = new ArrayList<>();
        XMLStreamReader xml = Archive.xml(in);
        while (xml.hasNext() && ranges.size() < MOST) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("mergeCell")) {
                CellRangeAddress range = range(xml.getAttributeValue(null, "ref"));
                if (range != null) {
                    ranges.add(range);
                }
            }
        }
        return of(ranges);
    }

    static Merges of(Collection<CellRangeAddress> ranges) {
        return new Merges(
                ranges.stream()
                        .sorted(Comparator.comparingInt(CellRangeAddress::getFirstRow))
                        .toList());
    }

    private static @Nullable CellRangeAddress range(@Nullable String place) {
        return place != null && place.matches("[A-Z]{1,3}\\d{1,7}:[A-Z]{1,3}\\d{1,7}")
                ? CellRangeAddress.valueOf(place)
                : null;
    }

    /// Fills the cells of a row; rows come in ascending order.
    void fill(int row, List<String> cells) {
        while (next < ranges.size() && ranges.get(next).getFirstRow() <= row) {
            open.add(new Open(ranges.get(next++)));
        }
        open.removeIf(merge -> merge.range.getLastRow() < row);
        for (Open merge : open) {
            int first = merge.range.getFirstColumn();
            if (merge.range.getFirstRow() == row) {
                merge.text = first < cells.size() ? cells.get(first) : "";
            }
            boolean across = first > 0 && merge.text.length() <= LONGEST_ACROSS;
            int last = across ? merge.range.getLastColumn() : first;
            for (int column = first; column <= last && column < SheetRows.MOST_COLUMNS; column++) {
                set(cells, column, merge.text);
            }
        }
    }

    private static void set(List<String> cells, int column, String text) {
        if (text.isEmpty()) {
            return;
        }
        while (cells.size() <= column) {
            cells.add("");
        }
        if (cells.get(column).isEmpty()) {
            cells.set(column, text);
        }
    }
}
