package io.zhiwen.ingest.parse.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files made to have the parser read others, fetch something or fill its memory.
@Timeout(60)
class HostileFilesTests {

    private static final String SECRET = "the-words-of-another-file";
    private static final byte[] ZEROS = new byte[48 << 20];

    @TempDir Path folder;

    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer server;
    private String prolog;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    fetched.incrementAndGet();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
        prolog =
                "<?xml version=\"1.0\"?><!DOCTYPE x SYSTEM \"%s/outer.dtd\" [<!ENTITY file SYSTEM \"%s\"><!ENTITY net SYSTEM \"%s/entity\"><!ENTITY %% more SYSTEM \"%s/more.dtd\"> %%more;]>"
                        .formatted(at, secret.toUri(), at, at);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// One kind of file, each XML part of which names other files.
    private enum Kind {
        XML("a.xml"),
        SVG("a.svg"),
        HTML("a.html"),
        DOCX("a.docx"),
        XLSX("a.xlsx"),
        PPTX("a.pptx"),
        ODT("a.odt"),
        EPUB("a.epub"),
        OFD("a.ofd"),
        XMIND("a.xmind");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    private byte[] file(Kind kind) throws IOException {
        return switch (kind) {
            case XML -> xml("<notes><note><p>Words &file; &net;</p></note></notes>");
            case SVG ->
                    xml(
                            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Words &file; &net;</text></svg>");
            case HTML -> xml("<html><body><p>Words &file; &net;</p></body></html>");
            case DOCX ->
                    office(
                            "word/document.xml",
                            "wordprocessingml.document",
                            "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Words &file;"
                                    + " &net;</w:t></w:r></w:p></w:body></w:document>");
            case XLSX ->
                    office(
                            "xl/workbook.xml",
                            "spreadsheetml.sheet",
                            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets><sheet"
                                    + " name=\"&file;&net;\" sheetId=\"1\"/></sheets></workbook>");
            case PPTX ->
                    office(
                            "ppt/presentation.xml",
                            "presentationml.presentation",
                            "<p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\">&file;&net;</p:presentation>");
            case ODT ->
                    zip(
                            Map.of(
                                    "mimetype",
                                    "application/vnd.oasis.opendocument.text".getBytes(UTF_8),
                                    "content.xml",
                                    xml(
                                            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text><text:p>Words &file; &net;</text:p></office:text></office:body></office:document-content>")));
            case EPUB ->
                    zip(
                            Map.of(
                                    "mimetype",
                                    "application/epub+zip".getBytes(UTF_8),
                                    "META-INF/container.xml",
                                    xml(
                                            "<container><rootfiles><rootfile"
                                                    + " full-path=\"p.opf\"/></rootfiles></container>"),
                                    "p.opf",
                                    xml(
                                            "<package><manifest><item id=\"a\" href=\"a.xhtml\""
                                                    + " media-type=\"application/xhtml+xml\"/></manifest><spine><itemref"
                                                    + " idref=\"a\"/></spine></package>"),
                                    "a.xhtml",
                                    xml("<html><body><p>Words &file; &net;</p></body></html>")));
            case OFD ->
                    zip(
                            Map.of(
                                    "OFD.xml",
                                    xml(
                                            "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:DocBody><ofd:DocInfo><ofd:Title>&file;&net;</ofd:Title></ofd:DocInfo><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"),
                                    "D.xml",
                                    xml(
                                            "<ofd:Document xmlns:ofd=\"http://www.ofdspec.org/2016\">&file;&net;</ofd:Document>")));
            case XMIND ->
                    zip(
                            Map.of(
                                    "content.xml",
                                    xml(
                                            "<xmap-content><sheet><topic><title>Words &file;"
                                                    + " &net;</title></topic></sheet></xmap-content>")));
        };
    }

    private byte[] xml(String body) {
        return (prolog + body).getBytes(UTF_8);
    }

    private byte[] office(String part, String kind, String body) throws IOException {
        return zip(parts(part, kind, xml(body)));
    }

    private static Map<String, byte[]> parts(String part, String kind, byte[] body) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                ("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default"
                                + " Extension=\"rels\""
                                + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override"
                                + " PartName=\"/%s\""
                                + " ContentType=\"application/vnd.openxmlformats-officedocument.%s.main+xml\"/></Types>")
                        .formatted(part, kind)
                        .getBytes(UTF_8));
        parts.put(
                "_rels/.rels",
                ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
                                + " Id=\"r\""
                                + " Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\""
                                + " Target=\"%s\"/></Relationships>")
                        .formatted(part)
                        .getBytes(UTF_8));
        parts.put(part, body);
        return parts;
    }

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

    @ParameterizedTest
    @EnumSource(Kind.class)
    void noEntityReadsAFileOrFetchesAnything(Kind kind) throws IOException {
        Reading read = Reading.of(kind.name, file(kind));
        assertThat(Stream.concat(read.lines().stream(), Stream.ofNullable(read.title())))
                .noneMatch(text -> text.contains(SECRET));
        assertThat(fetched).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"XML", "SVG", "HTML", "DOCX", "ODT", "EPUB"})
    void entitiesThatMultiplyStaySmall(Kind kind) throws IOException {
        StringBuilder laughs = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [");
        laughs.append("<!ENTITY a0 \"laughter\">");
        for (int i = 1; i < 12; i++) {
            String before = "&a" + (i - 1) + ";";
            laughs.append("<!ENTITY a").append(i).append(" \"").append(before.repeat(10));
            laughs.append("\">");
        }
        prolog = laughs.append("<!ENTITY file \"&a11;\"><!ENTITY net \"&a11;\">]>").toString();
        Reading read = Reading.of(kind.name, file(kind));
        assertThat(read.lines().toString()).hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"})
    void anOfficeFileThatUnpacksToFarMoreIsTooLarge(String part) throws IOException {
        String kind =
                switch (part.charAt(0)) {
                    case 'w' -> "wordprocessingml.document";
                    case 'x' -> "spreadsheetml.sheet";
                    default -> "presentationml.presentation";
                };
        assertThat(Reading.of("a.bin", zip(parts(part, kind, ZEROS))).refused())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFD.xml", "content.xml", "META-INF/container.xml"})
    void anotherDocumentThatUnpacksToFarMoreIsTooLarge(String part) throws IOException {
        String name =
                switch (part.charAt(0)) {
                    case 'O' -> "a.ofd";
                    case 'c' -> "a.xmind";
                    default -> "a.epub";
                };
        assertThat(Reading.of(name, zip(Map.of(part, ZEROS))).refused())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aPackedFileInsideOfAPackedFileIsTooLargeToo() throws IOException {
        var inner = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(inner)) {
            gzip.write(ZEROS);
        }
        assertThat(Reading.of("a.gz", inner.toByteArray()).refused()).isEqualTo(Reason.TOO_LARGE);
        var outer = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(outer)) {
            gzip.write(inner.toByteArray());
        }
        Reading read = Reading.of("a.gz.gz", outer.toByteArray());
        assertThat(read.refused() == null ? read.parts().getFirst().bytes() : 0)
                .isLessThan(1 << 20);
    }
}
