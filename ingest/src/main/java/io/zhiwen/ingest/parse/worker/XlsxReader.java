package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.poi.openxml4j.exceptions.InvalidOperationException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.StylesTable;
import org.xml.sax.SAXException;

/// Excel since 2007, sheet by sheet and row by row, so that a large workbook needs little memory.
final class XlsxReader implements DocumentReader {

    private final boolean hiddenSheets;

    XlsxReader(boolean hiddenSheets) {
        this.hiddenSheets = hiddenSheets;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            to.title(CoreProperties.title(archive));
        }
        OPCPackage workbook = open(file);
        try {
            XSSFReader reader = new XSSFReader(workbook);
            ReadOnlySharedStringsTable strings = new ReadOnlySharedStringsTable(workbook, false);
            StylesTable styles = reader.getStylesTable();
            Set<String> left = hiddenSheets ? Set.of() : hidden(reader);
            var sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
            while (sheets.hasNext()) {
                try (InputStream sheet = sheets.next()) {
                    if (!left.contains(sheets.getSheetName())) {
                        to.namedSheet(sheets.getSheetName());
                        Merges merges = merges(sheets.getSheetPart());
                        new XlsxSheet(strings, styles, merges, to).read(sheet);
                    }
                }
            }
            to.sheet(null);
            if (!left.isEmpty()) {
                to.finding(Finding.ofDocument(Finding.Kind.HIDDEN_SHEETS, left.size()));
            }
        } catch (OpenXML4JException | SAXException | XMLStreamException e) {
            throw new IOException(e);
        } finally {
            workbook.revert();
        }
    }

    private static Merges merges(PackagePart sheet) throws IOException, XMLStreamException {
        try (InputStream in = sheet.getInputStream()) {
            return Merges.of(in);
        }
    }

    /// The names of the sheets that Excel does not show.
    private static Set<String> hidden(XSSFReader reader)
            throws IOException, OpenXML4JException, XMLStreamException {
        Set<String> hidden = new HashSet<>();
        try (InputStream workbook = reader.getWorkbookData()) {
            XMLStreamReader xml = Archive.xml(workbook);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("sheet")) {
                    String state = xml.getAttributeValue(null, "state");
                    String name = xml.getAttributeValue(null, "name");
                    if (state != null && name != null && !state.equals("visible")) {
                        hidden.add(name);
                    }
                }
            }
        }
        return hidden;
    }

    private static OPCPackage open(Path file) throws IOException {
        try {
            return OPCPackage.open(file.toFile(), PackageAccess.READ);
        } catch (OpenXML4JException | InvalidOperationException e) {
            throw new IOException(e);
        }
    }
}
