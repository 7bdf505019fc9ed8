package io.zhiwen.ingest.parse.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.record.crypto.Biff8EncryptionKey;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;

/// The rarer kinds of Office files: with macros, of WPS, protected, OpenDocument, RTF, web pages.
class OtherOfficeTests {

    private interface Writes {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writes document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.to(out);
        return out.toByteArray();
    }

    /// The same with macros, as far as its inventory says.
    private static byte[] withMacros(byte[] file, String plain, String macros) throws IOException {
        return bytes(
                out -> {
                    try (var from = new ZipInputStream(new ByteArrayInputStream(file));
                            var to = new ZipOutputStream(out)) {
                        for (var entry = from.getNextEntry();
                                entry != null;
                                entry = from.getNextEntry()) {
                            to.putNextEntry(new ZipEntry(entry.getName()));
                            byte[] part = from.readAllBytes();
                            boolean inventory = entry.getName().equals("[Content_Types].xml");
                            to.write(
                                    inventory
                                            ? new String(part, UTF_8)
                                                    .replace(plain, macros)
                                                    .getBytes(UTF_8)
                                            : part);
                        }
                    }
                });
    }

    private static <W extends Workbook> W filled(W workbook) {
        var sheet = workbook.createSheet("费用");
        for (int r = 0; r < 3; r++) {
            sheet.createRow(r).createCell(0).setCellValue(r == 0 ? "部门" : "研发" + r);
            sheet.getRow(r).createCell(1).setCellValue(r == 0 ? "金额" : "1" + r);
        }
        return workbook;
    }

    private static byte[] slides() throws IOException {
        try (var ppt = new HSLFSlideShow()) {
            ppt.createSlide().addTitle().setText("季度总结");
            return bytes(ppt::write);
        }
    }

    @Test
    void filesWithMacrosAreReadAsThoseWithout() throws IOException {
        try (var docx = new XWPFDocument();
                var pptx = new XMLSlideShow();
                var xlsx = filled(new XSSFWorkbook())) {
            docx.createParagraph().createRun().setText("制度正文。");
            pptx.createSlide().createTextBox().setText("幻灯片");
            String office = "application/vnd.openxmlformats-officedocument.";
            byte[] docm =
                    withMacros(
                            bytes(docx::write),
                            office + "wordprocessingml.document.main+xml",
                            "application/vnd.ms-word.document.macroEnabled.main+xml");
            byte[] pptm =
                    withMacros(
                            bytes(pptx::write),
                            office + "presentationml.presentation.main+xml",
                            "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml");
            byte[] xlsm =
                    withMacros(
                            bytes(xlsx::write),
                            office + "spreadsheetml.sheet.main+xml",
                            "application/vnd.ms-excel.sheet.macroEnabled.main+xml");
            assertRead("a.docm", docm, "制度正文");
            assertRead("a.pptm", pptm, "幻灯片");
            assertRead("a.xlsm", xlsm, "研发1 | 11");
        }
    }

    @Test
    void filesOfWpsAreReadAsThoseOfOffice() throws IOException {
        try (var xls = filled(new HSSFWorkbook())) {
            assertRead("费用.et", bytes(xls::write), "研发1 | 11");
        }
        assertRead("总结.dps", slides(), "季度总结");
        try (var docx = new XWPFDocument()) {
            docx.createParagraph().createRun().setText("新版正文。");
            assertRead("制度.wps", bytes(docx::write), "新版正文");
        }
        try (var files = new POIFSFileSystem()) {
            files.createDocument(new ByteArrayInputStream(new byte[4096]), "WordDocument");
            var read = Reading.of("制度.wps", bytes(files::writeFilesystem));
            assertThat(read.type().mediaType()).isEqualTo("application/msword");
            assertThat(read.refused()).isEqualTo(Reason.CORRUPT);
        }
    }

    private static void assertRead(String name, byte[] file, String words) throws IOException {
        var read = Reading.of(name, file);
        assertThat(read.refused()).as(name).isNull();
        assertThat(read.type().mismatch()).as(name).isFalse();
        assertThat(String.join("\n", read.lines())).as(name).contains(words);
    }

    @Test
    void protectedWorkbooksAndSlidesOfBothGenerationsSaySo() throws Exception {
        try (var xlsx = filled(new XSSFWorkbook());
                var files = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(files)) {
                xlsx.write(out);
            }
            assertProtected("a.xlsx", bytes(files::writeFilesystem));
        }
        Biff8EncryptionKey.setCurrentUserPassword("secret");
        try (var xls = filled(new HSSFWorkbook());
                var ppt = new HSLFSlideShow()) {
            ppt.createSlide().addTitle().setText("季度总结");
            byte[] workbook = bytes(xls::write);
            byte[] show = bytes(ppt::write);
            Biff8EncryptionKey.setCurrentUserPassword(null);
            assertProtected("a.xls", workbook);
            assertProtected("a.ppt", show);
        } finally {
            Biff8EncryptionKey.setCurrentUserPassword(null);
        }
    }

    @Test
    void aProtectedOldWordFileSaysSo() throws IOException {
        byte[] head = new byte[4096];
        head[0] = (byte) 0xEC;
        head[1] = (byte) 0xA5;
        head[2] = (byte) 0xC1;
        head[11] = 1; // fEncrypted
        try (var files = new POIFSFileSystem()) {
            files.createDocument(new ByteArrayInputStream(head), "WordDocument");
            files.createDocument(new ByteArrayInputStream(new byte[4096]), "1Table");
            assertProtected("a.doc", bytes(files::writeFilesystem));
        }
    }

    private static void assertProtected(String name, byte[] file) throws IOException {
        assertThat(Reading.of(name, file).refused()).as(name).isEqualTo(Reason.ENCRYPTED);
    }

    private static byte[] odf(String type, String body) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("mimetype", "application/vnd.oasis.opendocument." + type);
        parts.put(
                "content.xml",
                "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:draw=\"d\"><office:body>"
                        + body
                        + "</office:body></office:document-content>");
        return bytes(
                out -> {
                    try (var zip = new ZipOutputStream(out)) {
                        for (var part : parts.entrySet()) {
                            zip.putNextEntry(new ZipEntry(part.getKey()));
                            zip.write(part.getValue().getBytes(UTF_8));
                        }
                    }
                });
    }

    @Test
    void sheetsAndSlidesOfOpenDocumentAreRead() throws IOException {
        String cell = "<table:table-cell><text:p>%s</text:p></table:table-cell>";
        var sheet =
                Reading.of(
                        "a.ods",
                        odf(
                                "spreadsheet",
                                "<office:spreadsheet><table:table table:name=\"费用\"><table:table-row>"
                                        + cell.formatted("部门")
                                        + cell.formatted("金额")
                                        + "</table:table-row><table:table-row>"
                                        + cell.formatted("研发")
                                        + cell.formatted("12")
                                        + "</table:table-row></table:table></office:spreadsheet>"));
        assertThat(sheet.lines()).contains("T1 部门 | 金额\n研发 | 12");
        assertThat(sheet.blocks().getLast().sheet()).isEqualTo("费用");
        String page =
                "<draw:page><draw:frame><draw:text-box><text:p>%s</text:p></draw:text-box></draw:frame></draw:page>";
        var slides =
                Reading.of(
                        "a.odp",
                        odf(
                                "presentation",
                                "<office:presentation>"
                                        + page.formatted("第一页")
                                        + page.formatted("第二页")
                                        + "</office:presentation>"));
        assertThat(slides.lines()).containsExactly("P 第一页", "P 第二页");
        assertThat(slides.blocks()).extracting(b -> b.page()).containsExactly(1, 2);
        assertThat(slides.pages()).isEqualTo(2);
    }

    @Test
    void rtfIsReadInItsCharset() throws IOException {
        String rtf =
                "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 \\'d4\\'b1\\'b9\\'a4\\u25163?\\u20876?\\par Second line.\\par}";
        assertThat(Reading.of("a.rtf", rtf).lines()).containsExactly("P 员工手册", "P Second line.");
    }

    @Test
    void aWebArchiveIsItsPage() throws IOException {
        String mht =
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: Guide\r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"q\"\r\n\r\n"
                        + "--q\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><h1>Guide</h1><p>Turn =\r\nleft.</p></body></html>\r\n"
                        + "--q\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\nbody { color: red }\r\n"
                        + "--q--\r\n";
        var read = Reading.of("guide.mht", mht);
        assertThat(read.refused()).isNull();
        assertThat(String.join("\n", read.lines()))
                .contains("H1 Guide\nP Turn left.")
                .doesNotContain("color");
        assertThat(read.parts()).isEmpty();
    }
}
