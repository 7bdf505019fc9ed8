package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.InvalidOperationException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.model.StylesTable;
import org.xml.sax.SAXException;

/// Excel since 2007, sheet by sheet and row by row, so that a large workbook needs little memory.
final class XlsxReader implements DocumentReader {

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
            var sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
            while (sheets.hasNext()) {
                try (InputStream sheet = sheets.next()) {
                    to.namedSheet(sheets.getSheetName());
                    new XlsxSheet(strings, styles, to).read(sheet);
                }
            }
            to.sheet(null);
        } catch (OpenXML4JException | SAXException | XMLStreamException e) {
            throw new IOException(e);
        } finally {
            workbook.revert();
        }
    }

    private static OPCPackage open(Path file) throws IOException {
        try {
            return OPCPackage.open(file.toFile(), PackageAccess.READ);
        } catch (OpenXML4JException | InvalidOperationException e) {
            throw new IOException(e);
        }
    }
}
