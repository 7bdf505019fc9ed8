package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads pictures with Tesseract, each in the language its script tells; the pictures of one
/// document, one after the other.
final class Ocr {

    /// More pixels than this make no letter clearer.
    static final double MOST_PIXELS = 16e6;

    /// Below this mean confidence a person should look at the picture.
    static final int LEGIBLE = 70;

    /// Below this, it is no text at all.
    private static final int TEXT = 40;

    /// The share of Latin letters from which a page is in Chinese and English.
    private static final double SOME_ENGLISH = 0.1;

    private static final Pattern SCRIPT = Pattern.compile("(?m)^Script: (\\w+)");
    private static final Pattern ROTATE = Pattern.compile("(?m)^Rotate: (\\d+)");
    private static final Pattern SURE = Pattern.compile("(?m)^Orientation confidence: ([\\d.]+)");
    private static final float SURE_ENOUGH_TO_TURN = 2;

    private final @Nullable Tesseract tesseract;
    private String chinese;
    private boolean chineseIsSure;

    private Ocr(@Nullable Tesseract tesseract) {
        this.tesseract = tesseract;
        boolean simplified = tesseract == null || tesseract.knows("chi_sim");
        this.chinese = simplified ? "chi_sim" : "chi_tra";
    }

    static Ocr with(OcrSettings settings) throws IOException {
        try {
            return new Ocr(Tesseract.find(settings));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    boolean isAvailable() {
        return tesseract != null;
    }

    /// What stands on a grey picture; nothing where there is no program, no text, or no time.
    ///
    /// @param scale points a pixel
    OcrText read(BufferedImage grey, float scale) throws IOException {
        Tesseract program = tesseract;
        if (program == null) {
            return OcrText.NOTHING;
        }
        try {
            OcrText text = read(program, grey, scale);
            return text.confidence() < TEXT ? OcrText.NOTHING : text;
        } catch (Tesseract.Failed e) {
            return OcrText.NOTHING;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private OcrText read(Tesseract program, BufferedImage grey, float scale)
            throws IOException, Tesseract.Failed, InterruptedException {
        Path picture = program.write(grey);
        try {
            String osd = program.orientation(picture);
            int turn = turn(osd);
            if (turn != 0) {
                Files.delete(picture);
                picture = program.write(turned(grey, turn));
            }
            return best(program, picture, script(osd), scale).readTurned(turn);
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    private OcrText best(Tesseract program, Path picture, String script, float scale)
            throws Tesseract.Failed, InterruptedException {
        boolean latin = script.equals("Latin") || !knowsChinese(program);
        if (latin && program.knows("eng")) {
            OcrText text = read(program, picture, "eng", scale);
            if (text.confidence() >= LEGIBLE || !knowsChinese(program)) {
                return text;
            }
            OcrText other = read(program, picture, chinese + "+eng", scale);
            return other.confidence() > text.confidence() ? other : text;
        }
        OcrText text = readChinese(program, picture, chinese, scale);
        if ((chineseIsSure && text.confidence() >= LEGIBLE) || !program.knows(other())) {
            return text;
        }
        OcrText other = readChinese(program, picture, other(), scale);
        if (other.confidence() <= text.confidence()) {
            chineseIsSure = true;
            return text;
        }
        chinese = other(); // further pages are likely written likewise
        chineseIsSure = true;
        return other;
    }

    /// Beside English, faint Chinese is taken for Latin letters, so that English is read along only
    /// where there is some.
    private static OcrText readChinese(
            Tesseract program, Path picture, String language, float scale)
            throws Tesseract.Failed, InterruptedException {
        OcrText alone = read(program, picture, language, scale);
        if (!program.knows("eng") || alone.latinShare() < SOME_ENGLISH) {
            return alone;
        }
        OcrText beside = read(program, picture, language + "+eng", scale);
        return beside.confidence() > alone.confidence() ? beside : alone;
    }

    private static OcrText read(Tesseract program, Path picture, String languages, float scale)
            throws Tesseract.Failed, InterruptedException {
        return OcrText.of(program.words(picture, languages), scale);
    }

    private static boolean knowsChinese(Tesseract program) {
        return program.knows("chi_sim") || program.knows("chi_tra");
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

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("stopped while reading");
        interrupted.initCause(e);
        return interrupted;
    }
}
