package io.zhiwen.ingest.parse.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents that look like archives.
class OfdTests {

    private static final String NAMESPACE = " xmlns:ofd=\"http://www.ofdspec.org/2016\"";

    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /// A document of these pages, the second of which stands on a form.
    private byte[] ofd(String... pages) throws IOException {
        part(
                "OFD.xml",
                "<ofd:OFD%s><ofd:DocBody><ofd:DocInfo><ofd:Title>电子发票</ofd:Title></ofd:DocInfo>"
                        + "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < pages.length; i++) {
            list.append(
                    "<ofd:Page ID=\"%d\" BaseLoc=\"Pages/Page_%d/Content.xml\"/>"
                            .formatted(i + 1, i));
            part(
                    "Doc_0/Pages/Page_%d/Content.xml".formatted(i),
                    "<ofd:Page%s>" + pages[i] + "</ofd:Page>");
        }
        part(
                "Doc_0/Document.xml",
                "<ofd:Document%s><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>"
                        + "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
                        + "<ofd:TemplatePage ID=\"9\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData>"
                        + "<ofd:Pages>"
                        + list
                        + "</ofd:Pages></ofd:Document>");
        part(
                "Doc_0/DocumentRes.xml",
                "<ofd:Res%s BaseLoc=\"Res\"><ofd:MultiMedias><ofd:MultiMedia ID=\"5\" Type=\"Image\">"
                        + "<ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>");
        part(
                "Doc_0/Tpls/Tpl_0/Content.xml",
                "<ofd:Page%s>" + layer(text(20, 20, "普通发票")) + "</ofd:Page>");
        return zip(parts);
    }

    private void part(String name, String xml) {
        parts.put(name, xml.replace("%s", NAMESPACE).getBytes(UTF_8));
    }

    private static String layer(String... objects) {
        return "<ofd:Content><ofd:Layer>" + String.join("", objects) + "</ofd:Layer></ofd:Content>";
    }

    private static String text(int x, int y, String text) {
        return ("<ofd:TextObject ID=\"1\" Boundary=\"%d %d 100 5\" Font=\"3\" Size=\"4\">"
                        + "<ofd:TextCode X=\"0\" Y=\"4\" DeltaX=\"g %d 4\">%s</ofd:TextCode></ofd:TextObject>")
                .formatted(x, y, text.length() - 1, text);
    }

    private static String line(int x1, int y1, int x2, int y2) {
        return "<ofd:PathObject ID=\"2\" Boundary=\"0 0 210 140\"><ofd:AbbreviatedData>M %d %d L %d %d</ofd:AbbreviatedData></ofd:PathObject>"
                .formatted(x1, y1, x2, y2);
    }

    private static String picture() {
        return layer("<ofd:ImageObject ID=\"3\" ResourceID=\"5\" Boundary=\"0 0 210 140\"/>");
    }

    @Test
    void thePagesOfAnOfdAreReadWithTheirForms() throws IOException {
        var read =
                Reading.of(
                        "发票.ofd",
                        ofd(
                                layer(text(20, 40, "购买方：知问科技有限公司。"), text(20, 90, "价税合计：壹佰元整。")),
                                "<ofd:Template TemplateID=\"9\"/>" + layer(text(20, 60, "第二页。"))));
        assertThat(read.refused()).isNull();
        assertThat(read.type()).isEqualTo(new FileType("application/ofd", false, null));
        assertThat(read.title()).isEqualTo("电子发票");
        assertThat(read.pages()).isEqualTo(2);
        assertThat(read.blocks())
                .extracting(Block::text)
                .containsExactly("购买方：知问科技有限公司。价税合计：壹佰元整。", "普通发票第二页。");
        assertThat(read.blocks()).extracting(Block::page).containsExactly(1, 2);
        assertThat(read.parts()).isEmpty();
    }

    @Test
    void aRuledTableOfAnOfdIsATable() throws IOException {
        var read =
                Reading.of(
                        "a.ofd",
                        ofd(
                                layer(
                                        line(10, 20, 110, 20),
                                        line(10, 30, 110, 30),
                                        line(10, 40, 110, 40),
                                        line(10, 20, 10, 40),
                                        line(60, 20, 60, 40),
                                        line(110, 20, 110, 40),
                                        text(12, 22, "名称"),
                                        text(62, 22, "金额"),
                                        text(12, 32, "办公用品"),
                                        text(62, 32, "100.00"))));
        assertThat(read.lines()).containsExactly("T1 名称 | 金额\n办公用品 | 100.00");
    }

    @Test
    void aScanInAnOfdIsReadByOcr() throws Exception {
        assumeTrue(Tesseract.find(OcrSettings.defaults()) != null, "Tesseract is not installed");
        parts.put(
                "Doc_0/Res/scan.png",
                PictureTests.encoded(PictureTests.picture("A scanned page."), "png"));
        var read = Reading.of("a.ofd", ofd(picture()), OcrSettings.defaults());
        assertThat(read.blocks()).extracting(Block::text).containsExactly("A scanned page.");
        assertThat(read.findings()).extracting(Finding::kind).containsExactly(Kind.READ_BY_OCR);
    }

    @Test
    void withoutTesseractAScanInAnOfdIsSaidToBeUnread() throws Exception {
        parts.put(
                "Doc_0/Res/scan.png",
                PictureTests.encoded(PictureTests.picture("A scanned page."), "png"));
        var read = Reading.of("a.ofd", ofd(picture(), layer(text(20, 40, "第二页有文字，第一页是扫描件。"))));
        assertThat(read.findings())
                .containsExactly(Finding.onPages(Kind.UNREAD_WITHOUT_OCR, java.util.List.of(1), 1));
        assertThat(Reading.of("a.ofd", ofd(picture())).refused()).isEqualTo(Reason.NO_TEXT_LAYER);
    }

    @Test
    void anOfdThatLacksAPartIsDamaged() throws IOException {
        ofd(layer(text(20, 40, "文字")));
        parts.remove("Doc_0/Document.xml");
        assertThat(Reading.of("a.ofd", zip(parts)).refused()).isEqualTo(Reason.CORRUPT);
        byte[] whole = ofd(layer(text(20, 40, "文字")));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThat(Reading.of("a.ofd", half).refused()).isEqualTo(Reason.CORRUPT);
    }

    @Test
    void aProtectedOfdSaysSo() throws IOException {
        part("Encryptions.xml", "<x/>");
        assertThat(Reading.of("a.ofd", ofd(layer())).refused()).isEqualTo(Reason.ENCRYPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "a.sketch, document.json meta.json pages/1.json, DRAWING",
        "a.vsdx, visio/document.xml [Content_Types].xml, DRAWING",
        "a.numbers, Index.zip preview.jpg, IWORK",
        "a.key, Index/Document.iwa Metadata/x.plist, IWORK",
        "a.jar, META-INF/MANIFEST.MF a/B.class, PROGRAM",
        "a.apk, AndroidManifest.xml classes.dex, PROGRAM",
    })
    void aFileThatOnlyLooksLikeAnArchiveIsNamed(String name, String entries, Reason reason)
            throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String entry : entries.split(" ", -1)) {
            files.put(entry, "{}".getBytes(UTF_8));
        }
        var read = Reading.of(name, zip(files));
        assertThat(read.refused()).isEqualTo(reason);
        assertThat(read.parts()).isEmpty();
    }

    @Test
    void aMindMapIsAnOutline() throws IOException {
        String json =
                """
                [{"class":"sheet","rootTopic":{"title":"上线计划","children":{"attached":[
                {"title":"测试","notes":{"plain":{"content":"两周"}},"children":{"attached":[{"title":"压测"}]}},
                {"title":"发布"}]}}}]""";
        String[] lines = {"H1 上线计划", "H2 测试", "P 两周", "L1 压测", "L1 发布"};
        var read =
                Reading.of(
                        "a.xmind",
                        zip(
                                Map.of(
                                        "content.json",
                                        json.getBytes(UTF_8),
                                        "manifest.json",
                                        "{}".getBytes(UTF_8))));
        assertThat(read.lines()).containsExactly(lines);
        assertThat(read.type().mediaType()).isEqualTo("application/vnd.xmind.workbook");
        String xml =
                "<xmap-content><sheet><topic><title>上线计划</title><children><topics type=\"attached\">"
                        + "<topic><title>测试</title><notes><plain>两周</plain></notes><children><topics><topic><title>压测</title></topic></topics></children></topic>"
                        + "<topic><title>发布</title></topic></topics></children></topic></sheet></xmap-content>";
        assertThat(
                        Reading.of(
                                        "a.xmind",
                                        zip(
                                                Map.of(
                                                        "content.xml",
                                                        xml.getBytes(UTF_8),
                                                        "META-INF/manifest.xml",
                                                        "<x/>".getBytes(UTF_8))))
                                .lines())
                .containsExactly(lines);
    }
}
