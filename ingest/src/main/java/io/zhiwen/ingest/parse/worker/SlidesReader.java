package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.hslf.usermodel.HSLFSlideShowFactory;
import org.apache.poi.sl.usermodel.GroupShape;
import org.apache.poi.sl.usermodel.Notes;
import org.apache.poi.sl.usermodel.PictureData;
import org.apache.poi.sl.usermodel.PictureShape;
import org.apache.poi.sl.usermodel.Placeholder;
import org.apache.poi.sl.usermodel.Shape;
import org.apache.poi.sl.usermodel.SimpleShape;
import org.apache.poi.sl.usermodel.Slide;
import org.apache.poi.sl.usermodel.SlideShow;
import org.apache.poi.sl.usermodel.SlideShowFactory;
import org.apache.poi.sl.usermodel.TableShape;
import org.apache.poi.sl.usermodel.TextParagraph;
import org.apache.poi.sl.usermodel.TextRun;
import org.apache.poi.sl.usermodel.TextShape;
import org.apache.poi.xslf.usermodel.XSLFPictureShape;
import org.apache.poi.xslf.usermodel.XSLFSlideShowFactory;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.presentationml.x2006.main.CTPicture;

/// Slides of both generations, in the order they are shown: the title as heading, the slide number
/// as page, the speaker's notes at the end of each.
final class SlidesReader implements DocumentReader {

    private static final int DEEPEST = 20;

    private final OcrSettings ocr;

    SlidesReader(OcrSettings ocr) {
        this.ocr = ocr;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        SlideShowFactory.addProvider(new HSLFSlideShowFactory());
        SlideShowFactory.addProvider(new XSLFSlideShowFactory());
        if (FileType.isZip(file)) {
            try (Archive archive = Archive.open(file)) {
                to.title(CoreProperties.title(archive));
            }
        }
        try (SlideShow<?, ?> show = SlideShowFactory.create(file.toFile(), null, true)) {
            Figures figures = new Figures(ocr, to);
            int number = 0;
            for (Slide<?, ?> slide : show.getSlides()) {
                number++;
                to.page(number);
                slide(slide, to);
                for (PictureShape<?, ?> picture : pictures(slide.getShapes(), 0)) {
                    picture(picture, number, figures);
                }
            }
            to.pages(number);
            figures.tell();
        }
    }

    private static void slide(Slide<?, ?> slide, Blocks to) {
        String title = slide.getTitle();
        if (title != null && !title.isBlank()) {
            to.heading(1, oneLine(title));
        }
        for (Shape<?, ?> shape : slide.getShapes()) {
            shape(shape, title, to, 0);
        }
        Notes<?, ?> notes = slide.getNotes();
        if (notes != null) {
            for (Shape<?, ?> shape : notes.getShapes()) {
                if (shape instanceof TextShape<?, ?> text && isBody(text)) {
                    to.paragraph(text.getText());
                }
            }
        }
    }

    private static List<PictureShape<?, ?>> pictures(
            List<? extends Shape<?, ?>> shapes, int depth) {
        List<PictureShape<?, ?>> pictures = new ArrayList<>();
        for (Shape<?, ?> shape : shapes) {
            if (shape instanceof PictureShape<?, ?> picture) {
                pictures.add(picture);
            } else if (shape instanceof GroupShape<?, ?> group && depth < DEEPEST) {
                pictures.addAll(pictures(group.getShapes(), depth + 1));
            }
        }
        return pictures;
    }

    private static void picture(PictureShape<?, ?> shape, int slide, Figures figures)
            throws IOException {
        byte @Nullable [] bytes;
        try {
            PictureData data = shape.getPictureData();
            bytes = data == null ? null : data.getData();
        } catch (RuntimeException e) {
            figures.leave(slide); // one damaged picture spoils no document
            return;
        }
        if (bytes != null) {
            figures.write(bytes, slide, alt(shape));
        }
    }

    /// What its author says it shows; its name says nothing.
    private static String alt(PictureShape<?, ?> shape) {
        return shape instanceof XSLFPictureShape picture
                        && picture.getXmlObject() instanceof CTPicture xml
                ? xml.getNvPicPr().getCNvPr().getDescr()
                : "";
    }

    private static boolean isBody(TextShape<?, ?> text) {
        @Nullable Placeholder kind = text.getPlaceholder();
        return kind == Placeholder.BODY || kind == null;
    }

    private static void shape(Shape<?, ?> shape, @Nullable String title, Blocks to, int depth) {
        switch (shape) {
            case TableShape<?, ?> table -> to.table(rows(table), -1);
            case GroupShape<?, ?> group when depth < DEEPEST -> {
                for (Shape<?, ?> inner : group.getShapes()) {
                    shape(inner, title, to, depth + 1);
                }
            }
            case TextShape<?, ?> text -> text(text, title, to);
            default -> {}
        }
    }

    private static void text(TextShape<?, ?> shape, @Nullable String title, Blocks to) {
        String all = shape.getText();
        if (all == null
                || isFurniture(shape)
                || (title != null && oneLine(all).equals(oneLine(title)))) {
            return;
        }
        List<String> lines = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        for (TextParagraph<?, ?, ?> paragraph : shape.getTextParagraphs()) {
            StringBuilder line = new StringBuilder();
            for (TextRun run : paragraph.getTextRuns()) {
                String words = run.getRawText();
                line.append(words == null ? "" : words.replace('\u000B', '\n').replace('\r', '\n'));
            }
            if (!line.toString().isBlank()) {
                lines.add(line.toString().strip());
                depths.add(paragraph.getBulletStyle() != null ? paragraph.getIndentLevel() + 1 : 0);
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            if (depths.get(i) > 0) {
                to.listItem(depths.get(i), lines.get(i));
            } else {
                to.paragraph(lines.get(i));
            }
        }
    }

    /// Slide numbers, dates and footers.
    private static boolean isFurniture(SimpleShape<?, ?> shape) {
        @Nullable Placeholder kind = shape.getPlaceholder();
        return kind == Placeholder.SLIDE_NUMBER
                || kind == Placeholder.DATETIME
                || kind == Placeholder.FOOTER
                || kind == Placeholder.HEADER;
    }

    private static List<List<String>> rows(TableShape<?, ?> table) {
        List<List<String>> rows = new ArrayList<>();
        for (int r = 0; r < table.getNumberOfRows(); r++) {
            List<String> row = new ArrayList<>();
            for (int c = 0; c < table.getNumberOfColumns(); c++) {
                var cell = table.getCell(r, c);
                String text = cell == null ? null : cell.getText();
                row.add(text == null ? "" : text);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\u000B]+", " ").strip();
    }
}
