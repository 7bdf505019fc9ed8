package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// The pages of an OFD file: what stands on them and on their templates, or, where a picture is all
/// there is, what OCR reads on it.
final class OfdPages implements PageSource {

    private static final float POINTS_A_MILLIMETRE = 72 / 25.4f;
    private static final float SCALE = 72 / 300f;

    /// Fewer characters than this under a picture are a stamp on a scan.
    private static final int SPARSE = 12;

    /// A picture that covers less of a page is no scan.
    private static final double SCAN = 0.3;

    private static final int FEWEST_PAGES_WITH_HEADS = 3;

    private final OfdPackage ofd;
    private final OcrPages ocr;
    private final List<String> pages;
    private final int maxChars;
    private int number;
    private long characters;

    OfdPages(OfdPackage ofd, OcrPages ocr, int maxChars) {
        this.ofd = ofd;
        this.ocr = ocr;
        this.pages = ofd.pages();
        this.maxChars = maxChars;
    }

    @Override
    public boolean hasMore() {
        return number < pages.size();
    }

    @Override
    public List<PdfPage> next(int most) throws IOException {
        List<PdfPage> range = new ArrayList<>();
        while (range.size() < most && hasMore()) {
            range.add(page(ofd.page(pages.get(number++))));
            if (characters > maxChars) {
                throw new Refused(Reason.TOO_LARGE, "more than " + maxChars + " characters");
            }
        }
        return range;
    }

    private PdfPage page(Element page) throws IOException {
        Element area = Xml.first(page, "PhysicalBox");
        float[] box = area == null ? ofd.box() : numbers(area.text(), 4, ofd.box());
        OfdMarks marks = new OfdMarks(POINTS_A_MILLIMETRE);
        for (Element template : Xml.all(page, "Template")) {
            Element printed = ofd.template(template.attr("TemplateID"));
            if (printed != null) {
                marks.add(printed);
            }
        }
        marks.add(page);
        Element scan = marks.largestPicture();
        if (marks.characters() < SPARSE && scan != null && covers(scan, box)) {
            OcrText text = read(scan);
            characters += text.characters();
            return PdfPage.ofOcr(number, text);
        }
        characters += marks.characters();
        List<PdfRun> runs = PdfGlyphs.placed(marks.runs(), marks.rules());
        boolean edges = pages.size() >= FEWEST_PAGES_WITH_HEADS;
        return PdfPage.of(number, box[3] * POINTS_A_MILLIMETRE, List.of(runs), edges);
    }

    private static boolean covers(Element picture, float[] box) {
        float[] place = numbers(picture.attr("Boundary"), 4, new float[4]);
        return (double) place[2] * place[3] > SCAN * box[2] * box[3];
    }

    private OcrText read(Element scan) throws IOException {
        byte[] bytes = ofd.picture(scan.attr("ResourceID"));
        if (bytes == null) {
            return ocr.leave(number);
        }
        try (PictureFile picture = PictureFile.open(new PictureContent.OfBytes(bytes))) {
            return ocr.read(number, SCALE, () -> picture.grey(0));
        } catch (Refused e) {
            return ocr.leave(number); // the other pages are read all the same
        }
    }

    @Override
    public int read() {
        return number;
    }

    @Override
    public void tell() {
        if (characters == 0 && !ocr.hasKept()) {
            throw new Refused(
                    ocr.hasUnread() ? Reason.NO_TEXT_LAYER : Reason.NO_TEXT,
                    pages.size() + " pages without text");
        }
        ocr.tell();
    }

    /// @return so many numbers, or `otherwise` where there are not as many
    static float[] numbers(@Nullable String text, int count, float[] otherwise) {
        String[] words = text == null ? new String[0] : text.strip().split("\\s+", -1);
        if (words.length < count) {
            return otherwise.clone();
        }
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            try {
                numbers[i] = Float.parseFloat(words[i]);
            } catch (NumberFormatException e) {
                return otherwise.clone();
            }
        }
        return numbers;
    }
}
