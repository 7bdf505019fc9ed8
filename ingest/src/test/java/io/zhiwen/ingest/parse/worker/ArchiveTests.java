package io.zhiwen.ingest.parse.worker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.ParsedDocument;
import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Archives other than ZIP, and kinds of files that are not read.
class ArchiveTests {

    @TempDir Path folder;

    private interface Packs {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packs packer, byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packing = packer.over(out)) {
            packing.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] tar(String charset, String... names) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(out, charset)) {
            for (String name : names) {
                byte[] content = "words".getBytes(UTF_8);
                var entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            tar.putArchiveEntry(new TarArchiveEntry("link", TarConstants.LF_SYMLINK));
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    private byte[] sevenZip(char[] password, String... names) throws IOException {
        Path file = folder.resolve("a.7z");
        try (var out =
                password == null
                        ? new SevenZOutputFile(file.toFile())
                        : new SevenZOutputFile(file.toFile(), password)) {
            for (String name : names) {
                out.putArchiveEntry(out.createArchiveEntry(file, name));
                out.write("words".getBytes(UTF_8));
                out.closeArchiveEntry();
            }
        }
        return Files.readAllBytes(file);
    }

    @Test
    void aTarIsAFolderHoweverItIsPacked() throws IOException {
        byte[] tar = tar("UTF-8", "2026/方案.txt", "../b.txt", "__MACOSX/._b.txt");
        Part[] expected = {new Part("2026/方案.txt", 5, null), new Part("b.txt", 5, null)};
        assertThat(Reading.of("a.tar", tar).parts()).containsExactly(expected);
        assertThat(Reading.of("a.tar", tar("GBK", "2026/方案.txt", "b.txt")).parts())
                .containsExactly(expected);
        for (Packs packer :
                List.<Packs>of(
                        GzipCompressorOutputStream::new,
                        BZip2CompressorOutputStream::new,
                        XZCompressorOutputStream::new)) {
            var read = Reading.of("a.tgz", packed(packer, tar));
            assertThat(read.parts()).containsExactly(expected);
            assertThat(read.lines()).containsExactly("L1 2026/方案.txt", "L1 b.txt");
            assertThat(isFolder(read)).isTrue();
        }
    }

    private static boolean isFolder(Reading read) {
        return new ParsedDocument(read.type().mediaType(), false, null, null, List.of()).isFolder();
    }

    @Test
    void aPackedFileIsAFolderOfOne() throws IOException {
        var read =
                Reading.of(
                        "log.txt.gz",
                        packed(GzipCompressorOutputStream::new, "words".getBytes(UTF_8)));
        assertThat(read.parts()).containsExactly(new Part("log.txt", 5, null));
    }

    @Test
    void a7zIsAFolder() throws IOException {
        var read = Reading.of("a.7z", sevenZip(null, "a/b.txt", "c.txt"));
        assertThat(read.parts())
                .containsExactly(new Part("a/b.txt", 5, null), new Part("c.txt", 5, null));
        assertThat(isFolder(read)).isTrue();
    }

    @Test
    void a7zWithAPasswordSaysSo() throws IOException {
        assertThat(Reading.of("a.7z", sevenZip("secret".toCharArray(), "a.txt")).refused())
                .isEqualTo(Reason.ENCRYPTED);
    }

    @Test
    void aBombOfAnyKindIsRefusedWhole() throws IOException {
        byte[] zeros = new byte[9 << 20];
        assertThat(Reading.of("a.gz", packed(GzipCompressorOutputStream::new, zeros)).refused())
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(Reading.of("a.xz", packed(XZCompressorOutputStream::new, zeros)).refused())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void halfAnArchiveIsDamaged() throws IOException {
        byte[] whole = packed(GzipCompressorOutputStream::new, tar("UTF-8", "a.txt", "b.txt"));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThat(Reading.of("a.tgz", half).refused()).isEqualTo(Reason.CORRUPT);
        byte[] seven = sevenZip(null, "a.txt");
        assertThat(Reading.of("a.7z", java.util.Arrays.copyOf(seven, seven.length - 9)).refused())
                .isEqualTo(Reason.CORRUPT);
    }

    /// @param start of the file, in hexadecimal
    @ParameterizedTest
    @CsvSource({
        "a.rar, 526172211A0700CF907300000D00000000000000, ARCHIVE_FORMAT",
        "a.rar, 526172211A070100F3E18285, ARCHIVE_FORMAT",
        "a.mp3, 49443303000000000000, MEDIA",
        "a.mp4, 000000186674797069736F6D0000000069736F6D61766331, MEDIA",
        "a.dwg, 414331303237000000000000, DRAWING",
        "a.chm, 495453460300000060000000010000, HELP_FILE",
        "a.caj, 43414A000000000001020304FFFE00, CAJ",
        "a.db, 53514C69746520666F726D6174203300, DATA_FILE",
        "a.exe, 4D5A90000300000004000000FFFF0000, PROGRAM",
        "a.psd, 3842505300010000000000000003, PICTURE_FORMAT",
        "a.xyz, 00010203FFFE0000DEADBEEF00000000, UNSUPPORTED",
    })
    void eachKindThatIsNotReadIsNamed(String name, String start, Reason reason) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(start);
        assertThat(Reading.of(name, bytes).refused()).isEqualTo(reason);
    }

    @Test
    void drawingsInXmlAreNamed() throws IOException {
        String xml =
                "<?xml version=\"1.0\"?><mxfile host=\"app.diagrams.net\"><diagram>x</diagram></mxfile>";
        assertThat(Reading.of("a.drawio", xml.getBytes(ISO_8859_1)).refused())
                .isEqualTo(Reason.DRAWING);
        assertThat(Reading.of("a.xml", xml.getBytes(ISO_8859_1)).refused())
                .isEqualTo(Reason.DRAWING);
        assertThat(Reading.of("b.drawio", xml.substring(21).getBytes(ISO_8859_1)).refused())
                .isEqualTo(Reason.DRAWING);
    }
}
