package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.Finding;
import io.zhiwen.ingest.parse.Finding.Kind;
import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.Picture.Use;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The pictures inside of a document. Those that are large enough to hold text are kept for
/// readers to see, read by OCR and written where they stand, marked as figures; what stays unread
/// is counted. Where a vision model is to describe them, a mark stands for what it will say. Small
/// ones are ornaments, and one that comes again is its logo.
final class Figures {

    private static final int MOST = 100;
    private static final long LONGEST = Duration.ofMinutes(2).toNanos();
    private static final int NARROWEST = 160;
    private static final int LOWEST = 48;
    private static final int FEWEST_PIXELS = 30_000;

    /// Bytes of a picture that nobody can look into but may say something.
    private static final int LARGE = 8 << 10;

    private static final float SCALE = 72 / 300f;

    private final OcrSettings settings;
    private final Blocks to;
    private final Set<String> seen = new HashSet<>();
    private final SortedSet<Integer> readOn = new TreeSet<>();
    private final SortedSet<Integer> unreadOn = new TreeSet<>();
    private final SortedSet<Integer> leftOutOn = new TreeSet<>();
    private @Nullable Ocr ocr;
    private int tried;
    private int read;
    private int unread;
    private int leftOut;
    private long spent;

    Figures(OcrSettings settings, Blocks to) {
        this.settings = settings;
        this.to = to;
    }

    /// @param page where it stands, or null where there are none
    /// @param alt what the document says it shows; may be empty
    void write(byte[] picture, @Nullable Integer page, String alt) throws IOException {
        to.paragraph(text(picture, page, alt));
    }

    /// The text of a picture as it is written, or an empty one; it stands behind what was written
    /// before.
    String text(byte[] picture, @Nullable Integer page, String alt) throws IOException {
        if (!seen.add(picture.length + " " + Arrays.hashCode(picture))) {
            return "";
        }
        try (PictureFile file = PictureFile.open(new PictureContent.OfBytes(picture))) {
            int width = file.width(0);
            int height = file.height(0);
            boolean ornament =
                    width < NARROWEST || height < LOWEST || (long) width * height < FEWEST_PIXELS;
            if (ornament) {
                return "";
            }
            show(file, page, alt);
            return text(file, page);
        } catch (Refused | IOException | IllegalArgumentException e) {
            // a picture that cannot be decoded harms nothing but itself
            if (picture.length >= LARGE) {
                leave(page);
            }
            return "";
        }
    }

    /// For readers to see; one that cannot be shown is left out and counted.
    private void show(PictureFile file, @Nullable Integer page, String alt) {
        boolean shown;
        try {
            shown = to.figures().keep(file, to.count(), page, alt);
        } catch (Refused | IOException | IllegalArgumentException e) {
            shown = false; // damaged, or larger than anybody decodes
        }
        if (!shown) {
            leftOut++;
            note(page, leftOutOn);
        }
    }

    private String text(PictureFile file, @Nullable Integer page) throws IOException {
        String mark = to.keep(Use.FIGURES, page, () -> file.coloured(0));
        String words = words(file, page, mark != null);
        return mark == null ? words : (words + "\n" + mark).strip();
    }

    /// @param kept a model will look at it
    private String words(PictureFile file, @Nullable Integer page, boolean kept)
            throws IOException {
        Ocr program = program();
        int most = Math.min(MOST, settings.mostPages());
        if (!program.isAvailable() || tried >= most || spent > LONGEST) {
            if (!kept) {
                leave(page);
            }
            return "";
        }
        tried++;
        to.reading(0);
        long start = System.nanoTime();
        BufferedImage grey = file.grey(0);
        OcrText text = program.read(grey, SCALE);
        spent += System.nanoTime() - start;
        if (text.characters() == 0) {
            return ""; // a photo
        }
        read++;
        note(page, readOn);
        return marked(text);
    }

    private Ocr program() throws IOException {
        Ocr program = ocr == null ? Ocr.with(settings) : ocr;
        ocr = program;
        return program;
    }

    /// As a figure, in the language of what it says.
    private static String marked(OcrText text) {
        StringBuilder all = new StringBuilder();
        for (List<PdfRow> column : text.columns()) {
            column.forEach(row -> all.append('\n').append(row.text()));
        }
        boolean wide = all.chars().anyMatch(c -> PdfRun.isWide((char) c));
        return (wide ? "【图】" : "[Figure]") + all;
    }

    /// One that is not read.
    void leave(@Nullable Integer page) {
        unread++;
        note(page, unreadOn);
    }

    private static void note(@Nullable Integer page, SortedSet<Integer> pages) {
        if (page != null) {
            pages.add(page);
        }
    }

    /// Says how many were read, how many were not, and how many are not shown.
    void tell() {
        if (read > 0) {
            to.finding(Finding.onPages(Kind.PICTURES_READ, List.copyOf(readOn), read));
        }
        if (unread > 0) {
            boolean missing = ocr != null && !ocr.isAvailable();
            Kind kind = missing ? Kind.PICTURES_WITHOUT_OCR : Kind.PICTURES_UNREAD;
            to.finding(Finding.onPages(kind, List.copyOf(unreadOn), unread));
        }
        if (leftOut > 0) {
            to.finding(Finding.onPages(Kind.FIGURES_LEFT_OUT, List.copyOf(leftOutOn), leftOut));
        }
    }
}
