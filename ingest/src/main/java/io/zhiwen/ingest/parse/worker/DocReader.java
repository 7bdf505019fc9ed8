package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.hpsf.SummaryInformation;
import org.apache.poi.hwpf.HWPFDocument;
import org.apache.poi.hwpf.extractor.WordExtractor;
import org.apache.poi.hwpf.model.StyleDescription;
import org.apache.poi.hwpf.usermodel.Paragraph;
import org.apache.poi.hwpf.usermodel.Range;
import org.apache.poi.hwpf.usermodel.Table;
import org.apache.poi.hwpf.usermodel.TableCell;
import org.apache.poi.hwpf.usermodel.TableRow;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// Word from 97 to 2003.
final class DocReader implements DocumentReader {

    private static final Pattern HEADING = Pattern.compile("(?:heading|标题|標題)\\s*([1-9]).*");

    @Override
    public void read(Path file, Blocks to) throws IOException {
        if (isProtected(file)) {
            throw new Refused(Reason.ENCRYPTED, "protected by a password");
        }
        try (InputStream in = Files.newInputStream(file);
                HWPFDocument document = new HWPFDocument(in)) {
            SummaryInformation about = document.getSummaryInformation();
            to.title(about == null ? null : about.getTitle());
            body(document, document.getRange(), to);
            body(document, document.getMainTextboxRange(), to);
            body(document, document.getFootnoteRange(), to);
            body(document, document.getEndnoteRange(), to);
        }
    }

    /// As the head of its main stream says (MS-DOC, FibBase.fEncrypted).
    private static boolean isProtected(Path file) throws IOException {
        try (POIFSFileSystem parts = new POIFSFileSystem(file.toFile(), true)) {
            if (!parts.getRoot().hasEntryCaseInsensitive("WordDocument")) {
                return false;
            }
            try (InputStream main = parts.createDocumentInputStream("WordDocument")) {
                byte[] head = main.readNBytes(12);
                return head.length == 12 && (head[11] & 1) != 0;
            }
        }
    }

    private static void body(HWPFDocument document, Range range, Blocks to) {
        int count = range.numParagraphs();
        for (int i = 0; i < count; i++) {
            Paragraph paragraph = range.getParagraph(i);
            if (paragraph.isInTable()) {
                Table table = range.getTable(paragraph);
                to.table(rows(table), -1);
                i += Math.max(1, table.numParagraphs()) - 1;
            } else {
                write(document, paragraph, to);
            }
        }
    }

    private static void write(HWPFDocument document, Paragraph paragraph, Blocks to) {
        String text = shown(paragraph.text());
        int level = level(document, paragraph);
        if (level > 0 && text.length() < 200) {
            to.heading(level, text);
        } else if (paragraph.isInList()) {
            to.listItem(paragraph.getIlvl() + 1, text);
        } else {
            to.paragraph(text);
        }
    }

    private static int level(HWPFDocument document, Paragraph paragraph) {
        int index = paragraph.getStyleIndex();
        boolean known = index < document.getStyleSheet().numStyles();
        StyleDescription style = known ? document.getStyleSheet().getStyleDescription(index) : null;
        String name = style == null || style.getName() == null ? "" : style.getName();
        Matcher heading = HEADING.matcher(name.toLowerCase(Locale.ROOT));
        if (heading.matches()) {
            return Integer.parseInt(heading.group(1));
        }
        if (name.equalsIgnoreCase("title")) {
            return 1;
        }
        int outline = paragraph.getLvl();
        return outline >= 0 && outline < 9 ? outline + 1 : 0;
    }

    private static List<List<String>> rows(Table table) {
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < table.numRows(); r++) {
            TableRow row = table.getRow(r);
            List<String> cells = new ArrayList<>();
            for (int c = 0; c < row.numCells(); c++) {
                TableCell cell = row.getCell(c);
                cells.add(shown(cell.text()));
            }
            rows.add(cells);
        }
        return rows;
    }

    /// Without field codes and the marks of cells and paragraphs.
    private static String shown(String text) {
        return WordExtractor.stripFields(text)
                .replace('\r', '\n')
                .replace('\u0007', ' ')
                .replace('\u000B', '\n')
                .strip();
    }
}
