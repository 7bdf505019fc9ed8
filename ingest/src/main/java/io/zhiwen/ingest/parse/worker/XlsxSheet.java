package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;

/// One sheet's XML.
final class XlsxSheet {

    private final ReadOnlySharedStringsTable strings;
    private final StylesTable styles;
    private final SheetRows rows;
    private final Merges merges;
    private final DataFormatter formatter = new DataFormatter(Locale.ROOT);

    XlsxSheet(ReadOnlySharedStringsTable strings, StylesTable styles, Merges merges, Blocks to) {
        this.merges = merges;
        this.strings = strings;
        this.styles = styles;
        this.rows = new SheetRows(to);
    }

    void read(InputStream in) throws IOException, XMLStreamException {
        XMLStreamReader xml = Archive.xml(in);
        int number = -1;
        List<String> cells = new ArrayList<>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (xml.getLocalName().equals("row")) {
                    String place = xml.getAttributeValue(null, "r");
                    number = place == null ? number + 1 : Integer.parseInt(place) - 1;
                    cells = new ArrayList<>();
                } else if (xml.getLocalName().equals("c")) {
                    cell(xml, cells);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && xml.getLocalName().equals("row")) {
                merges.fill(number, cells);
                rows.row(number, cells);
            }
        }
        rows.end();
    }

    private void cell(XMLStreamReader xml, List<String> cells) throws XMLStreamException {
        String place = xml.getAttributeValue(null, "r");
        int column = place == null ? cells.size() : new CellReference(place).getCol();
        String type = xml.getAttributeValue(null, "t");
        String style = xml.getAttributeValue(null, "s");
        String value = null;
        StringBuilder inline = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "v" -> value = xml.getElementText();
                    case "t" -> inline.append(xml.getElementText());
                    default -> depth++;
                }
            }
        }
        if (column >= cells.size() && column < SheetRows.MOST_COLUMNS) {
            while (cells.size() < column) {
                cells.add("");
            }
            String raw = value == null ? inline.toString() : value;
            cells.add(shown(type == null ? "n" : type, style, raw));
        }
    }

    private String shown(String type, @Nullable String style, String raw) {
        if (raw.isEmpty()) {
            return "";
        }
        return switch (type) {
            case "s" -> strings.getItemAt(Integer.parseInt(raw.strip())).getString();
            case "b" -> raw.equals("1") ? "TRUE" : "FALSE";
            case "n" -> number(style, Double.parseDouble(raw.strip()));
            case "e" -> "";
            default -> raw;
        };
    }

    private String number(@Nullable String style, double value) {
        XSSFCellStyle format = style == null ? null : styles.getStyleAt(Integer.parseInt(style));
        int index = format == null ? 0 : format.getDataFormat();
        String name = format == null ? "General" : format.getDataFormatString();
        String shown =
                formatter.formatRawCellContents(value, index, name == null ? "General" : name);
        return DateUtil.isADateFormat(index, name) ? shown : Numbers.inFull(shown, value);
    }
}
