package io.zhiwen.ingest.parse.worker;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zhiwen.ingest.parse.Part;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;

/// Files inside of files.
class PartsTests {

    private static byte[] zip(Charset charset, Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, charset)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String... names) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, name.getBytes(UTF_8));
        }
        return zip(UTF_8, files);
    }

    /// As a packer with a password marks the entry of this name.
    private static byte[] encrypted(byte[] zip, String name) {
        byte[] called = name.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < zip.length - 46; i++) {
            int flags = bytes.getInt(i) == 0x04034b50 ? 6 : bytes.getInt(i) == 0x02014b50 ? 8 : 0;
            int from = flags == 6 ? i + 30 : i + 46;
            if (flags > 0
                    && from + called.length <= zip.length
                    && new String(zip, from, called.length, UTF_8).equals(name)) {
                bytes.putShort(i + flags, (short) (bytes.getShort(i + flags) | 1));
            }
        }
        return zip;
    }

    @Test
    void anArchiveIsTheListOfItsFiles() throws IOException {
        var read = Reading.of("offers.zip", zip("2026/a.txt", "b.txt"));
        assertThat(read.type().mediaType()).isEqualTo("application/zip");
        assertThat(read.parts())
                .containsExactly(new Part("2026/a.txt", 10, null), new Part("b.txt", 5, null));
        assertThat(read.lines()).containsExactly("L1 2026/a.txt", "L1 b.txt");
    }

    @Test
    void namesOfAChineseWindowsAreRead() throws IOException {
        byte[] zip = zip(Charset.forName("GBK"), Map.of("合同/采购合同.txt", "一".getBytes(UTF_8)));
        assertThat(Reading.of("x.zip", zip).parts())
                .extracting(Part::name)
                .containsExactly("合同/采购合同.txt");
    }

    @Test
    void aNameLeadsNowhere() throws IOException {
        var read =
                Reading.of(
                        "x.zip",
                        zip(
                                "../../etc/passwd",
                                "/etc/cron.d/x",
                                "C:\\Windows\\x.dll",
                                "a/./../b.txt",
                                "line\r\nbreak.txt",
                                "fdp.\u202etxt"));
        assertThat(read.parts())
                .extracting(Part::name)
                .containsExactly(
                        "etc/passwd",
                        "etc/cron.d/x",
                        "Windows/x.dll",
                        "a/b.txt",
                        "linebreak.txt",
                        "fdp.txt");
        assertThat(Parts.safe("..")).isEqualTo("unnamed");
        assertThat(Parts.safe("x".repeat(5000) + ".pdf")).hasSizeLessThan(500).endsWith(".pdf");
    }

    @Test
    void filesOfOneNameAreToldApart() throws IOException {
        var read = Reading.of("x.zip", zip("a/b.txt", "a\\b.txt", "A/B.txt"));
        assertThat(read.parts())
                .extracting(Part::name)
                .containsExactly("a/b.txt", "a/b (2).txt", "A/B (3).txt");
    }

    @Test
    void whatSystemsPutBesideIsLeftOut() throws IOException {
        var read = Reading.of("x.zip", zip("a.txt", "__MACOSX/._a.txt", ".DS_Store", "~$a.docx"));
        assertThat(read.parts()).extracting(Part::name).containsExactly("a.txt");
    }

    @Test
    void anEncryptedFileIsNamedAndTheOthersAreRead() throws IOException {
        byte[] zip = encrypted(zip("open.txt", "secret.txt"), "secret.txt");
        assertThat(Reading.of("x.zip", zip).parts())
                .containsExactly(
                        new Part("open.txt", 8, null),
                        new Part("secret.txt", 0, Reason.ENCRYPTED_PART));
        byte[] all = encrypted(zip("secret.txt"), "secret.txt");
        assertThat(Reading.of("x.zip", all).refused()).isEqualTo(Reason.ENCRYPTED);
    }

    @Test
    void aBombIsRefusedWhole() throws IOException {
        byte[] zeros = zip(UTF_8, Map.of("zeros.txt", new byte[6 << 20]));
        assertThat(Reading.of("x.zip", zeros).refused()).isEqualTo(Reason.TOO_LARGE);
        byte[] liar = zip(UTF_8, Map.of("zeros.txt", new byte[6 << 20]));
        ByteBuffer header = ByteBuffer.wrap(liar).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < liar.length - 46; i++) {
            if (header.getInt(i) == 0x02014b50) {
                header.putInt(i + 24, 10); // says that it unpacks to ten bytes
            }
        }
        assertThat(Reading.of("x.zip", liar).refused()).isIn(Reason.TOO_LARGE, Reason.CORRUPT);
        byte[] random = new byte[9 << 20];
        new java.util.Random(1).nextBytes(random);
        byte[] large = zip(UTF_8, Map.of("a.txt", random));
        assertThat(Reading.of("x.zip", large).refused()).isEqualTo(Reason.TOO_LARGE);
        String[] many = new String[21];
        for (int i = 0; i < many.length; i++) {
            many[i] = i + ".txt";
        }
        assertThat(Reading.of("x.zip", zip(many)).refused()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void whatIsAttachedToAMailComesWithIt() throws IOException {
        String mail =
                """
                Subject: Offer
                From: lin@example.org
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                The offer is attached.
                --b
                Content-Type: text/csv; name="=?UTF-8?B?5oql5Lu3LmNzdg==?="
                Content-Disposition: attachment; filename="=?UTF-8?B?5oql5Lu3LmNzdg==?="
                Content-Transfer-Encoding: base64

                YSxiCjEsMgo=
                --b
                Content-Type: image/png
                Content-Disposition: inline; filename="logo.png"
                Content-Transfer-Encoding: base64

                AAAA
                --b
                Content-Type: message/rfc822
                Content-Disposition: attachment; filename="before.eml"

                Subject: Asked
                From: wang@example.org

                What does it cost?
                --b--
                """;
        var read = Reading.of("offer.eml", mail);
        assertThat(read.parts()).extracting(Part::name).containsExactly("报价.csv", "before.eml");
        assertThat(read.parts().getFirst().bytes()).isEqualTo(8);
        assertThat(read.lines())
                .contains("P The offer is attached.", "P Attachments: 报价.csv, before.eml");
        assertThat(List.copyOf(read.lines())).noneMatch(line -> line.contains("What does it cost"));
    }

    private static void put(DirectoryEntry folder, String property, byte[] value)
            throws IOException {
        folder.createDocument("__substg1.0_" + property, new ByteArrayInputStream(value));
    }

    @Test
    void aMailOfOutlookIsReadAsAnyOther() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var files = new POIFSFileSystem()) {
            DirectoryEntry mail = files.getRoot();
            put(mail, "0037001F", "报价".getBytes(UTF_16LE));
            put(mail, "0C1A001F", "Lin".getBytes(UTF_16LE));
            put(mail, "1000001F", "The offer is attached.".getBytes(UTF_16LE));
            mail.createDocument("__properties_version1.0", new ByteArrayInputStream(new byte[32]));
            DirectoryEntry attached = mail.createDirectory("__attach_version1.0_#00000000");
            put(attached, "3707001F", "../offer.csv".getBytes(UTF_16LE));
            put(attached, "37010102", "a,b\n1,2\n".getBytes(UTF_8));
            files.writeFilesystem(bytes);
        }
        var read = Reading.of("offer.msg", bytes.toByteArray());
        assertThat(read.type().mediaType()).isEqualTo("application/vnd.ms-outlook");
        assertThat(read.title()).isEqualTo("报价");
        assertThat(read.lines())
                .containsExactly(
                        "P Subject: 报价\nFrom: Lin",
                        "P The offer is attached.",
                        "P Attachments: offer.csv");
        assertThat(read.parts()).containsExactly(new Part("offer.csv", 8, null));
    }
}
