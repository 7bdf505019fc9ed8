package io.zhiwen.ingest.parse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zhiwen.ingest.parse.Block;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures as files.
class PictureTests {

    private static final String TEXT = "The lift was inspected on 14 March 2019.";

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "gif", "tif"})
    void aPictureIsReadWithItsPlacesAndSaysHowSurely(String format) throws Exception {
        needTesseract();
        var read = Reading.of("photo." + format, encoded(picture(TEXT), format), settings());
        assertThat(read.type().mismatch()).isFalse();
        assertThat(read.blocks()).extracting(Block::text).containsExactly(TEXT);
        assertThat(read.blocks().getFirst().page()).isEqualTo(1);
        assertThat(read.pages()).isEqualTo(1);
        assertThat(read.findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.kind()).isEqualTo(Kind.READ_BY_OCR);
                            assertThat(finding.amount()).isBetween(80, 100);
                        });
        var line = assertThat(read.scans()).singleElement().actual().lines().getFirst();
        assertThat(line.text()).isEqualTo(TEXT);
        assertThat(line.left()).isBetween(550, 750);
        assertThat(line.top()).isBetween(3_900, 4_700);
    }

    @Test
    void aWebpIsReadToo() throws Exception {
        needTesseract();
        try (InputStream in = PictureTests.class.getResourceAsStream("lift.webp")) {
            var read = Reading.of("a.webp", Objects.requireNonNull(in).readAllBytes(), settings());
            assertThat(read.blocks()).extracting(Block::text).containsExactly(TEXT);
        }
    }

    @Test
    void eachPictureOfAFaxIsAPage() throws Exception {
        needTesseract();
        var read =
                Reading.of(
                        "fax.tiff",
                        tiff(picture("First page."), picture("Second page.")),
                        settings());
        assertThat(read.pages()).isEqualTo(2);
        assertThat(read.blocks())
                .extracting(Block::text)
                .containsExactly("First page.", "Second page.");
        assertThat(read.blocks()).extracting(Block::page).containsExactly(1, 2);
    }

    @Test
    void aPhotoThatWasTakenSidewaysIsReadUpright() throws Exception {
        needTesseract();
        BufferedImage lying = turnedLeft(picture(TEXT));
        byte[] jpeg = withOrientation(encoded(lying, "jpg"), 6);
        var read = Reading.of("photo.jpg", jpeg, settings());
        assertThat(read.blocks()).extracting(Block::text).containsExactly(TEXT);
        assertThat(read.scans().getFirst().lines().getFirst().top()).isBetween(3_900, 4_700);
    }

    @Test
    void aTransparentPictureStandsOnWhite() throws Exception {
        needTesseract();
        BufferedImage opaque = picture(TEXT);
        BufferedImage clear =
                new BufferedImage(
                        opaque.getWidth(), opaque.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < opaque.getHeight(); y++) {
            for (int x = 0; x < opaque.getWidth(); x++) {
                int grey = opaque.getRGB(x, y) & 0xFF;
                clear.setRGB(x, y, (255 - grey) << 24);
            }
        }
        var read = Reading.of("a.png", encoded(clear, "png"), settings());
        assertThat(read.blocks()).extracting(Block::text).containsExactly(TEXT);
    }

    @Test
    void withoutTesseractAPictureSaysWhatToInstall() throws IOException {
        assertThat(Reading.of("a.png", encoded(picture(TEXT), "png")).refused())
                .isEqualTo(Reason.NO_TEXT_LAYER);
    }

    @Test
    void aPictureOfNothingHasNoText() throws Exception {
        needTesseract();
        assertThat(Reading.of("a.png", encoded(blank(), "png"), settings()).refused())
                .isEqualTo(Reason.NO_TEXT);
    }

    @Test
    void aPictureThatUnpacksToGigabytesIsRefusedBeforeItDoes() throws Exception {
        needTesseract();
        assertThat(Reading.of("bomb.png", pngOfSize(50_000, 50_000), settings()).refused())
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void halfAPictureIsDamaged() throws Exception {
        needTesseract();
        byte[] whole = encoded(picture(TEXT), "png");
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThat(Reading.of("a.png", half, settings()).refused()).isEqualTo(Reason.CORRUPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"heic", "avif", "mif1"})
    void aFormatNobodyDecodesIsNamed(String brand) throws IOException {
        byte[] head =
                ("\0\0\0\u0018ftyp" + brand + "\0\0\0\0mif1heic")
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.of("IMG_1." + brand, head).refused()).isEqualTo(Reason.PICTURE_FORMAT);
    }

    private static void needTesseract() throws InterruptedException {
        assumeTrue(Tesseract.find(settings()) != null, "Tesseract is not installed");
    }

    private static OcrSettings settings() {
        return OcrSettings.defaults();
    }

    private static BufferedImage blank() {
        BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 300, 200);
        graphics.dispose();
        return image;
    }

    static BufferedImage picture(String text) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage(new PDRectangle(300, 120));
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                content.newLineAtOffset(20, 60);
                content.showText(text);
                content.endText();
            }
            return new PDFRenderer(document).renderImageWithDPI(0, 150, ImageType.RGB);
        }
    }

    static byte[] encoded(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static byte[] tiff(BufferedImage... pages) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (BufferedImage page : pages) {
                writer.writeToSequence(new IIOImage(page, null, null), null);
            }
            writer.endWriteSequence();
        }
        return out.toByteArray();
    }

    /// With the mark of a camera that was held so.
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1).putShort((short) 34);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
        exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        exif.putShort((short) orientation).putShort((short) 0).putInt(0);
        ByteBuffer all = ByteBuffer.allocate(jpeg.length + 36);
        return all.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2).array();
    }

    private static byte[] pngOfSize(int width, int height) {
        ByteBuffer png = ByteBuffer.allocate(8 + 25);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        png.putInt(13);
        byte[] header =
                ByteBuffer.allocate(17)
                        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array();
        CRC32 sum = new CRC32();
        sum.update(header);
        return png.put(header).putInt((int) sum.getValue()).array();
    }

    /// A picture as a camera on its side stores it.
    private static BufferedImage turnedLeft(BufferedImage image) {
        BufferedImage turned =
                new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                turned.setRGB(y, image.getWidth() - 1 - x, image.getRGB(x, y));
            }
        }
        return turned;
    }
}
