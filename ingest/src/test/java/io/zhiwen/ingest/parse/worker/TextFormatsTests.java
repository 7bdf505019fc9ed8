package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class TextFormatsTests {

    private static byte[] zip(Map<String, String> parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void wrappedLinesAreOneParagraphAndChaptersAreHeadings() throws IOException {
        var reading =
                Reading.of("law.txt", "第一章　总则\n\n第一条　为了保护消费者。\n第二条　消费者受本法保护。\n第一节 一般规定\n国家保护。\n");
        assertThat(reading.lines())
                .containsExactly(
                        "H2 第一章　总则", "P 第一条　为了保护消费者。", "P 第二条　消费者受本法保护。", "H3 第一节 一般规定", "P 国家保护。");
    }

    @Test
    void markdownKeepsItsStructure() throws IOException {
        var reading =
                Reading.of(
                        "a.md",
                        """
                        ---
                        title: Handbook
                        ---
                        # One

                        Some *words* and `code`.

                        1. first
                        2. second
                           - inner

                        | a | b |
                        |---|---|
                        | 1 | 2 |

                        ```
                        x = 1
                        ```
                        """);
        assertThat(reading.title()).isEqualTo("Handbook");
        assertThat(reading.lines())
                .containsExactly(
                        "H1 One",
                        "P Some words and code.",
                        "L1 1. first",
                        "L1 2. second",
                        "L2 inner",
                        "T1 a | b\n1 | 2",
                        "C x = 1\n");
        assertThat(reading.type().mismatch()).isFalse();
    }

    @Test
    void ofAWebPageTheMenuScriptsAndHiddenPartsAreLeftOut() throws IOException {
        var reading =
                Reading.of(
                        "a.html",
                        """
                        <!doctype html><html><head><title>T</title><script>var bad = 1</script></head>
                        <body><nav><a href=x>Menu</a></nav><h2>Head</h2><p>One<br>two <b>three</b></p>
                        <p style="display:none">hidden</p>
                        <ul><li>a<ul><li>b</li></ul></li></ul>
                        <table><tr><th>k</th><th>v</th></tr><tr><td rowspan=2>x</td><td>1</td></tr>
                        <tr><td>2</td></tr></table><pre>  code</pre></body></html>
                        """);
        assertThat(reading.title()).isEqualTo("T");
        assertThat(reading.lines())
                .containsExactly(
                        "H2 Head",
                        "P One\ntwo three",
                        "L1 a",
                        "L2 b",
                        "T1 k | v\nx | 1\nx | 2",
                        "C   code");
    }

    @Test
    void aLayoutTableIsReadAsText() throws IOException {
        var reading =
                Reading.of(
                        "a.html",
                        "<html><body><table><tr><td><p>left</p></td></tr><tr><td>below</td></tr></table></body></html>");
        assertThat(reading.lines()).containsExactly("P left", "P below");
    }

    @Test
    void aCsvIsATableWhateverItsDelimiterAndCharset() throws IOException {
        String text = "名称;说明\n\"显卡; 新\";\"他说\"\"好\"\"\n第二行\"\n";
        for (String charset : new String[] {"UTF-8", "GB18030", "UTF-16"}) {
            var reading = Reading.of("a.csv", text.getBytes(Charset.forName(charset)));
            assertThat(reading.lines()).containsExactly("T1 名称 | 说明\n显卡; 新 | 他说\"好\" 第二行");
        }
    }

    @Test
    void aMailIsItsHeadersItsBodyOnceAndTheNamesOfItsAttachments() throws IOException {
        var reading =
                Reading.of(
                        "a.eml",
                        """
                        From: Ann <ann@example.org>
                        To: bob@example.org
                        Subject: =?UTF-8?B?5pil6IqC5pS+5YGH?=
                        Date: Wed, 16 Jul 2008 10:00:00 +0000
                        MIME-Version: 1.0
                        Content-Type: multipart/mixed; boundary=a

                        --a
                        Content-Type: multipart/alternative; boundary=b

                        --b
                        Content-Type: text/plain

                        Please come.
                        --b
                        Content-Type: text/html

                        <p>Please <b>come</b>.</p>
                        --b--
                        --a
                        Content-Type: application/pdf
                        Content-Disposition: attachment; filename="plan.pdf"

                        x
                        --a--
                        """
                                .replace("\n", "\r\n"));
        assertThat(reading.lines())
                .containsExactly(
                        "P Subject: 春节放假\nFrom: Ann <ann@example.org>\nTo: bob@example.org\n"
                                + "Date: Wed, 16 Jul 2008 10:00:00 +0000",
                        "P Please come.",
                        "P Attachments: plan.pdf");
    }

    @Test
    void aFeedIsItsEntriesWithTheHtmlInThem() throws IOException {
        var reading =
                Reading.of(
                        "a.xml",
                        """
                        <?xml version="1.0"?><rss><channel><title>Blog</title>
                        <item><title>One</title><description><![CDATA[<p>Hello <b>you</b></p>]]></description></item>
                        </channel></rss>
                        """);
        assertThat(reading.lines()).containsExactly("H1 Blog", "H2 One", "P Hello you");
    }

    @Test
    void anEntityOfAnotherFileIsNotRead() throws IOException {
        var reading =
                Reading.of(
                        "a.xml",
                        """
                        <?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                        <x><p>before &e; after</p></x>
                        """);
        assertThat(reading.lines().toString()).contains("before").doesNotContain("root:");
    }

    @Test
    void aBookIsItsChaptersInReadingOrder() throws IOException {
        var reading =
                Reading.of(
                        "a.epub",
                        zip(
                                new TreeMap<>(
                                        Map.of(
                                                "META-INF/container.xml",
                                                "<container><rootfiles><rootfile full-path=\"O/p.opf\"/></rootfiles></container>",
                                                "O/p.opf",
                                                "<package xmlns:dc=\"x\"><metadata><dc:title>Book</dc:title><dc:creator>Ann Author</dc:creator></metadata>"
                                                        + "<manifest><item id=\"a\" href=\"one.xhtml\" media-type=\"application/xhtml+xml\"/>"
                                                        + "<item id=\"b\" href=\"zero.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>"
                                                        + "<spine><itemref idref=\"b\"/><itemref idref=\"a\"/></spine></package>",
                                                "O/one.xhtml",
                                                "<html><body><h1>Later</h1><p>b</p></body></html>",
                                                "O/zero.xhtml",
                                                "<html><body><h1>First</h1><p>a</p></body></html>",
                                                "mimetype",
                                                "application/epub+zip"))));
        assertThat(reading.lines())
                .containsExactly(
                        "H1 Book", "P Book\nAnn Author", "H1 First", "P a", "H1 Later", "P b");
    }

    @Test
    void rtfIsRead() throws IOException {
        var reading =
                Reading.of(
                        "a.rtf",
                        "{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0 SimSun;}}\\f0 Hello \\u20013?\\u25991? there\\par Second\\par}");
        assertThat(reading.lines()).containsExactly("P Hello 中文 there", "P Second");
    }

    @Test
    void anOdtIsRead() throws IOException {
        String ns = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:table=\"b\" xmlns:manifest=\"m\"";
        var reading =
                Reading.of(
                        "a.odt",
                        zip(
                                new TreeMap<>(
                                        Map.of(
                                                "content.xml",
                                                "<office:document-content "
                                                        + ns
                                                        + "><office:body><office:text>"
                                                        + "<text:h text:outline-level=\"2\">头</text:h><text:p>a<text:s/>b</text:p>"
                                                        + "<text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>"
                                                        + "<table:table><table:table-row><table:table-cell><text:p>k</text:p></table:table-cell>"
                                                        + "<table:table-cell><text:p>v</text:p></table:table-cell></table:table-row>"
                                                        + "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>"
                                                        + "<table:table-cell><text:p>1</text:p></table:table-cell></table:table-row></table:table>"
                                                        + "</office:text></office:body></office:document-content>",
                                                "META-INF/manifest.xml",
                                                "<manifest/>",
                                                "mimetype",
                                                "application/vnd.oasis.opendocument.text"))));
        assertThat(reading.lines()).containsExactly("H2 头", "P a b", "L1 item", "T1 k | v\nx | 1");
    }

    /// Larger than what is held in memory at once, and with a character across every border.
    @Test
    void aLargeCsvIsReadRowByRowInAnyCharset() throws IOException {
        StringBuilder text = new StringBuilder("编号,名称,\"说明\"\r\n");
        int rows = 0;
        while (text.length() < 1_200_000) {
            text.append(++rows).append(",显卡").append(rows).append(",\"新, \"\"好\"\"\"\r\n");
        }
        for (String charset : new String[] {"UTF-8", "GB18030", "UTF-16"}) {
            var reading = Reading.of("a.csv", text.toString().getBytes(Charset.forName(charset)));
            assertThat(reading.blocks().stream().mapToInt(b -> b.rows().size() - 1).sum())
                    .as(charset)
                    .isEqualTo(rows);
            assertThat(reading.blocks()).allMatch(b -> b.rows().getFirst().getFirst().equals("编号"));
            assertThat(reading.blocks().getLast().rows().getLast())
                    .containsExactly("" + rows, "显卡" + rows, "新, \"好\"");
        }
    }

    @Test
    void nothingAndWhiteSpaceAreEmpty() throws IOException {
        assertThat(Reading.of("a.txt", "").refused()).isEqualTo(Reason.EMPTY);
        assertThat(Reading.of("a.txt", " \n\t \u3000\n").refused()).isEqualTo(Reason.EMPTY);
        assertThat(Reading.of("a.html", "<html><body><p> </p></body></html>").refused())
                .isEqualTo(Reason.NO_TEXT);
    }

    @Test
    void whatIsNoDocumentIsNotSupported() throws IOException {
        assertThat(
                        Reading.of("a.jar", zip(Map.of("META-INF/MANIFEST.MF", "Main-Class: x")))
                                .refused())
                .isEqualTo(Reason.PROGRAM);
        assertThat(Reading.of("a.pdf", "MZ\u0090\u0000\u0003\u0000\u0000\u0000").refused())
                .isEqualTo(Reason.PROGRAM);
    }

    @Test
    void theContentDecidesAndALyingNameIsFlagged() throws IOException {
        var page = Reading.of("a.txt", "<!DOCTYPE html><html><body><p>x</p></body></html>");
        assertThat(page.type()).isEqualTo(new FileType("text/html", true, null));
        var text = Reading.of("a.docx", "plain words\n");
        assertThat(text.type().mediaType()).isEqualTo("text/plain");
        assertThat(text.type().mismatch()).isTrue();
        assertThat(Reading.of("a.log", "plain words\n").type().mismatch()).isFalse();
        assertThat(Reading.of("a", "plain words\n").type().mismatch()).isFalse();
        assertThat(Reading.of("a.csv", "no table here\n").type().mismatch()).isFalse();
    }

    @Test
    void aZipBombIsTooLarge() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("_rels/.rels"));
            zip.write(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
                            .getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                zip.write(zeros);
            }
        }
        var reading = Reading.of("a.docx", bytes.toByteArray());
        assertThat(reading.refused()).isEqualTo(Reason.TOO_LARGE);
    }
}
