package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.jspecify.annotations.Nullable;

/// Reads those pages of a PDF that are pictures, each in the language its script tells, and keeps
/// account of what could not be read.
final class PdfOcr {

    private static final int DPI = 300;
    private static final double MOST_PIXELS = 16e6;

    /// Below this mean confidence a person should look at the page.
    private static final int LEGIBLE = 70;

    /// Below this, it is no text at all.
    private static final int TEXT = 40;

    private static final Pattern SCRIPT = Pattern.compile("(?m)^Script: (\\w+)");
    private static final Pattern ROTATE = Pattern.compile("(?m)^Rotate: (\\d+)");
    private static final Pattern SURE = Pattern.compile("(?m)^Orientation confidence: ([\\d.]+)");
    private static final float SURE_ENOUGH_TO_TURN = 2;

    private final PDFRenderer renderer;
    private final OcrSettings settings;
    private final Blocks to;
    private final @Nullable Tesseract tesseract;
    private final List<Integer> read = new ArrayList<>();
    private final List<Integer> poor = new ArrayList<>();
    private final List<Integer> unread = new ArrayList<>();
    private int confidences;
    private int poorConfidences;
    private String chinese;
    private boolean chineseIsSure;

    PdfOcr(PDDocument document, OcrSettings settings, Blocks to) throws IOException {
        this.renderer = new PDFRenderer(document);
        this.settings = settings;
        this.to = to;
        try {
            this.tesseract = Tesseract.find(settings);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        boolean simplified = tesseract == null || tesseract.knows("chi_sim");
        this.chinese = simplified ? "chi_sim" : "chi_tra";
    }

    /// @param number from 1
    OcrText read(PDPage page, int number, PdfMarks marks) throws IOException {
        Tesseract program = tesseract;
        if (program == null
                || marks.isTooLarge()
                || read.size() + unread.size() >= settings.mostPages()) {
            unread.add(number);
            return OcrText.NOTHING;
        }
        to.reading(number - 1);
        OcrText text;
        try {
            renderer.setSubsamplingAllowed(marks.isLarge());
            text = read(program, page, number - 1);
        } catch (Tesseract.Failed e) {
            text = OcrText.NOTHING;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (text.confidence() < TEXT) {
            unread.add(number);
            return OcrText.NOTHING;
        }
        read.add(number);
        confidences += text.confidence();
        if (text.confidence() < LEGIBLE) {
            poor.add(number);
            poorConfidences += text.confidence();
        }
        return text;
    }

    private OcrText read(Tesseract program, PDPage page, int index)
            throws IOException, Tesseract.Failed, InterruptedException {
        double area = (double) page.getCropBox().getWidth() * page.getCropBox().getHeight();
        float zoom = (float) Math.min(DPI / 72.0, Math.sqrt(MOST_PIXELS / Math.max(1, area)));
        BufferedImage image = renderer.renderImage(index, zoom, ImageType.GRAY);
        Path picture = program.write(image);
        try {
            String osd = program.orientation(picture);
            int turn = turn(osd);
            if (turn != 0) {
                Files.delete(picture);
                picture = program.write(turned(image, turn));
            }
            return best(program, picture, script(osd), zoom).readTurned(turn);
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    private OcrText best(Tesseract program, Path picture, String script, float zoom)
            throws Tesseract.Failed, InterruptedException {
        boolean latin = script.equals("Latin") || !knowsChinese(program);
        if (latin && program.knows("eng")) {
            OcrText text = read(program, picture, "eng", zoom);
            if (text.confidence() >= LEGIBLE || !knowsChinese(program)) {
                return text;
            }
            OcrText other = read(program, picture, chinese + "+eng", zoom);
            return other.confidence() > text.confidence() ? other : text;
        }
        OcrText text = read(program, picture, withEnglish(program, chinese), zoom);
        if ((chineseIsSure && text.confidence() >= LEGIBLE) || !program.knows(other())) {
            return text;
        }
        OcrText other = read(program, picture, withEnglish(program, other()), zoom);
        if (other.confidence() <= text.confidence()) {
            chineseIsSure = true;
            return text;
        }
        chinese = other(); // further pages are likely written likewise
        chineseIsSure = true;
        return other;
    }

    private static OcrText read(Tesseract program, Path picture, String languages, float zoom)
            throws Tesseract.Failed, InterruptedException {
        return OcrText.of(program.words(picture, languages), 1 / zoom);
    }

    private static boolean knowsChinese(Tesseract program) {
        return program.knows("chi_sim") || program.knows("chi_tra");
    }

    private static String withEnglish(Tesseract program, String language) {
        return program.knows("eng") ? language + "+eng" : language;
    }

    private String other() {
        return chinese.equals("chi_sim") ? "chi_tra" : "chi_sim";
    }

    private static String script(String osd) {
        Matcher script = SCRIPT.matcher(osd);
        return script.find() ? script.group(1) : "";
    }

    /// Degrees clockwise.
    private static int turn(String osd) {
        Matcher rotate = ROTATE.matcher(osd);
        Matcher sure = SURE.matcher(osd);
        boolean found = rotate.find() && sure.find();
        return found && Float.parseFloat(sure.group(1)) >= SURE_ENOUGH_TO_TURN
                ? Integer.parseInt(rotate.group(1)) % 360
                : 0;
    }

    private static BufferedImage turned(BufferedImage image, int degrees) {
        boolean lies = degrees % 180 != 0;
        int width = lies ? image.getHeight() : image.getWidth();
        int height = lies ? image.getWidth() : image.getHeight();
        BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = turned.createGraphics();
        graphics.translate(width / 2.0, height / 2.0);
        graphics.rotate(Math.toRadians(degrees));
        graphics.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return turned;
    }

    /// Says what was read and what was not.
    void tell() {
        if (!read.isEmpty()) {
            to.finding(Finding.onPages(Kind.READ_BY_OCR, read, confidences / read.size()));
        }
        if (!poor.isEmpty()) {
            to.finding(Finding.onPages(Kind.POORLY_LEGIBLE, poor, poorConfidences / poor.size()));
        }
        if (!unread.isEmpty()) {
            Kind kind = tesseract == null ? Kind.UNREAD_WITHOUT_OCR : Kind.UNREAD;
            to.finding(Finding.onPages(kind, unread, unread.size()));
        }
    }

    boolean isAvailable() {
        return tesseract != null;
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("stopped while reading");
        interrupted.initCause(e);
        return interrupted;
    }
}
