package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.OfficeSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.poi.hslf.usermodel.HSLFSlideShow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;

class OfficeFormatsTests {

    private interface Writes {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writes document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.to(out);
        return out.toByteArray();
    }

    private static byte[] docx() throws IOException {
        try (var document = new XWPFDocument()) {
            var heading = document.createParagraph();
            heading.getCTP().addNewPPr().addNewOutlineLvl().setVal(java.math.BigInteger.ZERO);
            heading.createRun().setText("员工手册");
            document.createParagraph().createRun().setText("年假为十天。");
            var bold = document.createParagraph().createRun();
            bold.setBold(true);
            bold.setText("Short bold line");
            var table = document.createTable(2, 2);
            table.getRow(0).getCell(0).setText("item");
            table.getRow(0).getCell(1).setText("days");
            table.getRow(1).getCell(0).setText("leave");
            table.getRow(1).getCell(1).setText("10");
            var hidden = document.createParagraph().createRun();
            hidden.setVanish(true);
            hidden.setText("hidden words");
            return bytes(document::write);
        }
    }

    @Test
    void wordKeepsHeadingsAndTablesAndHidesWhatIsHidden() throws IOException {
        assertThat(Reading.of("a.docx", docx()).lines())
                .containsExactly(
                        "H1 员工手册", "P 年假为十天。", "H5 Short bold line", "T1 item | days\nleave | 10");
    }

    /// A document with this main part.
    private static byte[] word(String xml) throws IOException {
        var changed = new ByteArrayOutputStream();
        try (var from = new java.util.zip.ZipInputStream(new ByteArrayInputStream(docx()));
                var to = new java.util.zip.ZipOutputStream(changed)) {
            for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new java.util.zip.ZipEntry(entry.getName()));
                boolean main = entry.getName().equals("word/document.xml");
                to.write(
                        main
                                ? xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                : from.readAllBytes());
            }
        }
        return changed.toByteArray();
    }

    @Test
    void aTextBoxIsReadOnceThoughItStandsInTheFileTwice() throws IOException {
        String box = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>";
        String xml =
                "<w:document xmlns:w=\"w\" xmlns:mc=\"m\"><w:body><w:p><w:r><mc:AlternateContent><mc:Choice>"
                        + box
                        + "</mc:Choice><mc:Fallback><w:pict>"
                        + box
                        + "</w:pict></mc:Fallback></mc:AlternateContent><w:t>outside</w:t></w:r>"
                        + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p></w:body></w:document>";
        assertThat(Reading.of("a.docx", word(xml)).lines())
                .containsExactly("P outside", "P in the box");
    }

    @Test
    void aHeadMergedOverColumnsAndRowsIsSaidInEachOfThem() throws IOException {
        try (var xlsx = new XSSFWorkbook();
                var xls = new HSSFWorkbook()) {
            for (Workbook workbook : List.of(xlsx, xls)) {
                Sheet sheet = workbook.createSheet("sales");
                Row top = sheet.createRow(0);
                top.createCell(0).setCellValue("region");
                top.createCell(1).setCellValue("2023");
                Row below = sheet.createRow(1);
                below.createCell(1).setCellValue("units");
                below.createCell(2).setCellValue("value");
                Row first = sheet.createRow(2);
                first.createCell(0).setCellValue("north");
                first.createCell(1).setCellValue(7);
                first.createCell(2).setCellFormula("B3*2");
                sheet.addMergedRegion(new CellRangeAddress(0, 1, 0, 0));
                sheet.addMergedRegion(new CellRangeAddress(0, 0, 1, 2));
                workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
                String name = workbook == xlsx ? "a.xlsx" : "a.xls";
                assertThat(Reading.of(name, bytes(workbook::write)).lines().getLast())
                        .endsWith("region | 2023 | 2023\nregion | units | value\nnorth | 7 | 14");
            }
        }
    }

    @Test
    void aHiddenSheetIsLeftOutAndSaidUnlessTheSettingWantsIt() throws IOException {
        try (var xlsx = new XSSFWorkbook();
                var xls = new HSSFWorkbook()) {
            for (Workbook workbook : List.of(xlsx, xls)) {
                workbook.createSheet("shown").createRow(0).createCell(0).setCellValue("open words");
                workbook.createSheet("kept")
                        .createRow(0)
                        .createCell(0)
                        .setCellValue("secret words");
                workbook.setSheetHidden(1, true);
                String name = workbook == xlsx ? "a.xlsx" : "a.xls";
                var usual = Reading.of(name, bytes(workbook::write));
                assertThat(usual.lines()).contains("P open words").doesNotContain("P secret words");
                assertThat(usual.findings())
                        .contains(Finding.ofDocument(Finding.Kind.HIDDEN_SHEETS, 1));
                var all = new OfficeSettings(true, false, OfficeSettings.TrackedChanges.ACCEPTED);
                var whole = Reading.of(name, bytes(workbook::write), all);
                assertThat(whole.lines()).contains("P open words", "P secret words");
                assertThat(whole.findings()).isEmpty();
            }
        }
    }

    @Test
    void rowsOfAWordTableThatBeginLaterInItsGridKeepTheirColumns() throws IOException {
        String cell = "<w:tc><w:tcPr>%s</w:tcPr><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:tc>";
        String xml =
                "<w:document xmlns:w=\"w\"><w:body><w:tbl><w:tblGrid><w:gridCol w:w=\"5\"/>"
                        + "<w:gridCol w:w=\"3000\"/><w:gridCol w:w=\"1000\"/></w:tblGrid><w:tr>"
                        + cell.formatted("<w:gridSpan w:val=\"2\"/>", "claims")
                        + cell.formatted("", "2004")
                        + "</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>"
                        + cell.formatted("", "filed")
                        + cell.formatted("", "715")
                        + "</w:tr></w:tbl></w:body></w:document>";

        assertThat(Reading.of("a.docx", word(xml)).lines())
                .containsExactly("T1 claims | 2004\nfiled | 715");
    }

    @Test
    void numbersThatWordMakesAreInTheText() {
        assertThat(Numerals.in("chineseCounting", 12)).isEqualTo("十二");
        assertThat(Numerals.in("chineseCountingThousand", 103)).isEqualTo("一百零三");
        assertThat(Numerals.in("upperRoman", 14)).isEqualTo("XIV");
        assertThat(Numerals.in("lowerLetter", 28)).isEqualTo("bb");
        assertThat(Numerals.in("decimal", 7)).isEqualTo("7");
    }

    private static void fill(Workbook workbook) {
        Sheet sheet = workbook.createSheet("存款");
        sheet.createRow(0).createCell(0).setCellValue("各项存款统计");
        Row head = sheet.createRow(2);
        head.createCell(0).setCellValue("项目");
        head.createCell(1).setCellValue("1月");
        head.createCell(2).setCellValue("日期");
        CellStyle two = workbook.createCellStyle();
        two.setDataFormat(workbook.createDataFormat().getFormat("#,##0.00"));
        CellStyle date = workbook.createCellStyle();
        date.setDataFormat(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
        for (int r = 3; r < 5; r++) {
            Row row = sheet.createRow(r);
            row.createCell(0).setCellValue("住户存款");
            row.createCell(1).setCellValue(3104.6674952724);
            row.getCell(1).setCellStyle(two);
            row.createCell(2).setCellValue(43466);
            row.getCell(2).setCellStyle(date);
        }
        sheet.addMergedRegion(new CellRangeAddress(3, 4, 0, 0));
        sheet.getRow(4).getCell(0).setBlank();
    }

    @Test
    void sheetsShowValuesAsFormattedAndInFullWhereDigitsAreHidden() throws IOException {
        try (var xlsx = new XSSFWorkbook();
                var xls = new HSSFWorkbook()) {
            fill(xlsx);
            fill(xls);
            String row = "3,104.67 (3104.6674952724) | 2019-01-01";
            var read = Reading.of("a.xlsx", bytes(xlsx::write));
            assertThat(read.lines())
                    .containsExactly(
                            "H1 存款",
                            "H2 各项存款统计",
                            "T1 项目 | 1月 | 日期\n住户存款 | " + row + "\n住户存款 | " + row);
            assertThat(read.blocks()).extracting(Block::sheet).containsOnly("存款");
            assertThat(Reading.of("a.xls", bytes(xls::write)).lines().getLast())
                    .isEqualTo("T1 项目 | 1月 | 日期\n住户存款 | " + row + "\n住户存款 | " + row);
        }
    }

    @Test
    void slidesOfBothGenerationsHaveTitlesAndNumbers() throws IOException {
        try (var pptx = new XMLSlideShow();
                var ppt = new HSLFSlideShow()) {
            for (int i = 1; i < 3; i++) {
                var slide = pptx.createSlide();
                var box = slide.createTextBox();
                box.setText("words on slide " + i);
                var old = ppt.createSlide();
                old.addTitle().setText("Title " + i);
                var text = old.createTextBox();
                text.setText("words on slide " + i);
            }
            var read = Reading.of("a.pptx", bytes(pptx::write));
            assertThat(read.pages()).isEqualTo(2);
            assertThat(read.blocks()).extracting(Block::page).containsExactly(1, 2);
            assertThat(read.lines()).containsExactly("P words on slide 1", "P words on slide 2");
            assertThat(Reading.of("a.ppt", bytes(ppt::write)).lines())
                    .containsExactly(
                            "H1 Title 1", "P words on slide 1", "H1 Title 2", "P words on slide 2");
        }
    }

    @Test
    void aProtectedWordFileSaysSo() throws Exception {
        try (var files = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(files)) {
                out.write(docx());
            }
            var bytes = bytes(files::writeFilesystem);
            assertThat(Reading.of("a.docx", bytes).refused()).isEqualTo(Reason.ENCRYPTED);
        }
    }

    @Test
    void halfAFileIsCorrupt() throws IOException {
        byte[] whole = docx();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThat(Reading.of("a.docx", half).refused()).isIn(Reason.CORRUPT, Reason.UNSUPPORTED);
        try (var xls = new HSSFWorkbook()) {
            fill(xls);
            byte[] old = bytes(xls::write);
            byte[] cut = Arrays.copyOf(old, old.length / 3);
            assertThat(Reading.of("a.xls", cut).refused()).isIn(Reason.CORRUPT, Reason.UNSUPPORTED);
        }
    }
}
