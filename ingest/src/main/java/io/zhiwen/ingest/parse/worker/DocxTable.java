package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// A table of a Word part on its grid: a cell that spans rows says the same in each, one that spans
/// columns stands in the first. A column of the grid too narrow for a letter is none.
final class DocxTable {

    /// In twentieths of a point.
    private static final int NARROW = 60;

    private static final int MOST_COLUMNS = 500;

    private final DocxBody body;
    private final List<Integer> widths = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private int column;

    DocxTable(DocxBody body) {
        this.body = body;
    }

    List<List<String>> rows(XMLStreamReader xml) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "gridCol" -> {
                        widths.add(width(xml));
                        depth++;
                    }
                    case "tr" -> {
                        rows.add(new ArrayList<>());
                        column = 0;
                        depth++;
                    }
                    case "gridBefore" -> {
                        place("", DocxNumbers.number(DocxBody.value(xml), 0));
                        depth++;
                    }
                    case "tc" -> cell(xml);
                    default -> depth++;
                }
            }
        }
        return rows;
    }

    private static int width(XMLStreamReader xml) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals("w")) {
                return DocxNumbers.number(xml.getAttributeValue(i), 0);
            }
        }
        return 0;
    }

    private void cell(XMLStreamReader xml) throws XMLStreamException {
        List<String> lines = new ArrayList<>();
        int span = 1;
        boolean goesOn = false;
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "p" -> lines.addAll(body.lines(xml));
                    case "tbl" ->
                            new DocxTable(body)
                                    .rows(xml)
                                    .forEach(inner -> lines.add(String.join(" ", inner)));
                    case "gridSpan" -> {
                        span = DocxNumbers.number(DocxBody.value(xml), 1);
                        depth++;
                    }
                    case "vMerge" -> {
                        goesOn = !DocxBody.value(xml).equals("restart");
                        depth++;
                    }
                    default -> depth++;
                }
            }
        }
        lines.removeIf(String::isBlank);
        String text = String.join(" ", lines);
        if (goesOn && text.isEmpty() && rows.size() > 1) {
            List<String> above = rows.get(rows.size() - 2);
            int at = rows.getLast().size();
            text = at < above.size() ? above.get(at) : "";
        }
        place(text, Math.max(1, span));
    }

    /// A cell over this many columns of the grid; it has at least one of its own unless it is
    /// empty.
    private void place(String text, int span) {
        List<String> row = rows.getLast();
        int wide = 0;
        for (int i = 0; i < Math.min(span, MOST_COLUMNS); i++, column++) {
            boolean narrow = column < widths.size() && widths.get(column) < NARROW && hasWidths();
            wide += narrow ? 0 : 1;
        }
        int places = text.isEmpty() ? wide : Math.max(1, wide);
        for (int i = 0; i < places && row.size() < MOST_COLUMNS; i++) {
            row.add(i == 0 ? text : "");
        }
    }

    /// Some programs write a grid without widths.
    private boolean hasWidths() {
        return widths.stream().filter(width -> width >= NARROW).count() * 2 > widths.size();
    }
}
