package io.zhiwen.system;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes large files that are the same on every machine: sentences of a few hundred words, no two
/// alike.
final class BenchmarkFiles {

    private static final int LINES_OF_A_PAGE = 40;
    private static final String[] WORDS =
            ("the of pump valve seal motor shaft plant leave contract invoice order price delivery"
                            + " safety test report meeting budget office supplier account customer"
                            + " engine filter pressure bearing cable switch sensor market question")
                    .split(" ", -1);

    private final Random random = new Random(11);
    private final Path folder;

    BenchmarkFiles(Path folder) {
        this.folder = folder;
    }

    /// A PDF of text in one font, written by hand: a page is an object and its stream.
    Path pdf(int pages) throws IOException {
        Path file = folder.resolve("manual.pdf");
        List<Long> offsets = new ArrayList<>();
        StringBuilder kids = new StringBuilder();
        for (int page = 0; page < pages; page++) {
            kids.append(4 + 2 * page).append(" 0 R ");
        }
        long at = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            at += write(out, "%PDF-1.4\n");
            List<String> objects = new ArrayList<>();
            objects.add("<</Type/Catalog/Pages 2 0 R>>");
            objects.add("<</Type/Pages/Count " + pages + "/Kids[" + kids + "]>>");
            objects.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
            for (int number = 1; number <= 3 + 2 * pages; number++) {
                String object =
                        number <= 3
                                ? objects.get(number - 1)
                                : number % 2 == 0 ? page(number) : stream((number - 3) / 2);
                offsets.add(at);
                at += write(out, number + " 0 obj\n" + object + "\nendobj\n");
            }
            StringBuilder table = new StringBuilder("xref\n0 " + (offsets.size() + 1) + "\n");
            table.append("0000000000 65535 f \n");
            offsets.forEach(offset -> table.append("%010d 00000 n \n".formatted(offset)));
            table.append("trailer<</Size ").append(offsets.size() + 1).append("/Root 1 0 R>>\n");
            write(out, table + "startxref\n" + at + "\n%%EOF\n");
        }
        return file;
    }

    private static String page(int number) {
        return "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
                + "/Contents "
                + (number + 1)
                + " 0 R>>";
    }

    private String stream(int page) {
        StringBuilder text = new StringBuilder("BT /F 16 Tf 60 790 Td (Chapter " + page + ") Tj\n");
        text.append("/F 10 Tf 0 -24 Td 14 TL\n");
        for (int line = 0; line < LINES_OF_A_PAGE; line++) {
            text.append('(').append(sentence(12)).append(") Tj T*\n");
        }
        text.append("ET");
        return "<</Length " + text.length() + ">>stream\n" + text + "\nendstream";
    }

    private static long write(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes);
        return bytes.length;
    }

    /// A workbook of one sheet with six columns.
    Path sheet(int rows) throws IOException {
        Path file = folder.resolve("orders.xlsx");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                Writer out =
                        new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
            part(
                    zip,
                    out,
                    "[Content_Types].xml",
                    """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>\
                    """);
            part(zip, out, "_rels/.rels", relation("officeDocument", "xl/workbook.xml"));
            part(
                    zip,
                    out,
                    "xl/workbook.xml",
                    """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Orders" sheetId="1" r:id="r1"/></sheets></workbook>\
                    """);
            part(
                    zip,
                    out,
                    "xl/_rels/workbook.xml.rels",
                    relation("worksheet", "worksheets/sheet1.xml"));
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            out.write(
                    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
            for (int row = 0; row <= rows; row++) {
                out.write("<row r=\"" + (row + 1) + "\">");
                for (String cell : cells(row)) {
                    out.write("<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>");
                }
                out.write("</row>");
            }
            out.write("</sheetData></worksheet>");
            out.flush();
        }
        return file;
    }

    /// The same as comma-separated values.
    Path csv(int rows) throws IOException {
        Path file = folder.resolve("orders.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int row = 0; row <= rows; row++) {
                out.write(String.join(",", cells(row)));
                out.newLine();
            }
        }
        return file;
    }

    /// Notes of a few sentences.
    List<Path> notes(int count) throws IOException {
        List<Path> notes = new ArrayList<>();
        Path in = Files.createDirectories(folder.resolve("notes"));
        for (int note = 0; note < count; note++) {
            String text = "Note " + note + "\n\n" + sentence(30) + ".\n\n" + sentence(60) + ".\n";
            notes.add(Files.writeString(in.resolve("note-" + note + ".txt"), text));
        }
        return notes;
    }

    private List<String> cells(int row) {
        return row == 0
                ? List.of("Order", "Customer", "Article", "Number", "Price", "Remark")
                : List.of(
                        "A" + row,
                        word() + " " + row % 997,
                        word(),
                        "" + random.nextInt(900),
                        "" + random.nextInt(9000) / 10.0,
                        word() + " " + word());
    }

    private static void part(ZipOutputStream zip, Writer out, String name, String xml)
            throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        out.write(xml);
        out.flush();
    }

    private static String relation(String type, String target) {
        return """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>\
        """
                .formatted(type, target);
    }

    private String sentence(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(word());
        }
        return text.toString();
    }

    private String word() {
        String word = WORDS[random.nextInt(WORDS.length)];
        return random.nextInt(4) == 0 ? word + random.nextInt(1000) : word;
    }
}
