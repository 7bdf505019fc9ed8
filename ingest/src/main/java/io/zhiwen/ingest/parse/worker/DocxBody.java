package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OfficeSettings.TrackedChanges;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Walks the paragraphs and tables of a Word part. Names are compared without their namespace: the
/// strict and the usual kind of file differ in nothing else.
final class DocxBody {

    /// A paragraph as it comes together.
    private static final class Paragraph {
        final StringBuilder text = new StringBuilder();
        final List<String> boxes = new ArrayList<>();
        String style = "";
        int outline = -1;
        @Nullable String list;
        int depth = -1;
        int bold;
        int letters;
        final List<String> comments = new ArrayList<>();
    }

    private static final int SHORT = 60;

    private final DocxStyles styles;
    private final DocxNumbers numbers;
    private final DocxComments comments;
    private final boolean rejected;
    private final DocxPictures pictures;
    private final Blocks to;
    private int framed;
    private int hidden;

    DocxBody(
            DocxStyles styles,
            DocxNumbers numbers,
            DocxComments comments,
            TrackedChanges changes,
            DocxPictures pictures,
            Blocks to) {
        this.styles = styles;
        this.numbers = numbers;
        this.comments = comments;
        this.rejected = changes == TrackedChanges.REJECTED;
        this.pictures = pictures;
        this.to = to;
    }

    /// How many characters nobody sees; they are left out.
    int hidden() {
        return hidden;
    }

    /// The paper has a colour, so white text is seen.
    void onColour() {
        framed++;
    }

    /// Up to the end of the element the reader stands on.
    void blocks(XMLStreamReader xml) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "p" -> write(paragraph(xml));
                    case "tbl" -> {
                        to.table(rows(xml), -1);
                        pictures.write();
                    }
                    case "sectPr" -> skip(xml);
                    case "del", "moveFrom", "ins", "moveTo" -> {
                        if (isDropped(xml.getLocalName())) {
                            skip(xml);
                        } else {
                            depth++;
                        }
                    }
                    default -> depth++;
                }
            }
        }
    }

    /// Of a tracked change, the part that does not count.
    private boolean isDropped(String name) {
        boolean before = name.equals("del") || name.equals("moveFrom") || name.equals("delText");
        return before != rejected;
    }

    private void write(Paragraph p) {
        String text = p.text.toString().strip();
        int level = p.outline >= 0 ? p.outline + 1 : styles.level(p.style);
        String list = p.list == null ? styles.numbering(p.style) : p.list;
        boolean listed = list != null && !list.equals("0");
        int depth = p.depth >= 0 ? p.depth : styles.depth(p.style);
        if (!text.isEmpty()) {
            String number = listed ? numbers.next(list, depth) : "";
            if (level > 0 && level < 10 && text.length() < 200) {
                to.heading(level, number + text);
            } else if (listed) {
                to.listItem(depth + 1, number + text);
            } else if (isBoldLine(p, text)) {
                to.heading(5, text);
            } else {
                to.paragraph(text);
            }
        }
        p.boxes.forEach(to::paragraph);
        p.comments.forEach(to::paragraph);
        pictures.write();
    }

    /// A short line all in bold is a heading that its author did not mark as one.
    private static boolean isBoldLine(Paragraph p, String text) {
        return p.letters > 1
                && p.bold == p.letters
                && text.length() <= SHORT
                && text.indexOf('\n') < 0
                && "。.；;，,：:、".indexOf(text.charAt(text.length() - 1)) < 0;
    }

    private Paragraph paragraph(XMLStreamReader xml) throws XMLStreamException {
        Paragraph p = new Paragraph();
        DocxRun run = new DocxRun(framed > 0);
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                continue;
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            depth++;
            switch (xml.getLocalName()) {
                case "r" -> run.begin();
                case "b", "vanish", "color", "highlight", "shd", "sz" -> run.property(xml);
                case "pStyle" -> p.style = value(xml);
                case "outlineLvl" -> p.outline = outline(value(xml));
                case "numId" -> p.list = value(xml);
                case "ilvl" -> p.depth = DocxNumbers.number(value(xml), 0);
                case "t" -> {
                    append(p, xml.getElementText(), run);
                    depth--;
                }
                case "delText" -> {
                    if (rejected) {
                        append(p, xml.getElementText(), run);
                    } else {
                        skip(xml);
                    }
                    depth--;
                }
                case "commentReference" -> p.comments.addAll(comments.of(attribute(xml, "id")));
                case "del", "moveFrom", "ins", "moveTo" -> {
                    if (isDropped(xml.getLocalName())) {
                        skip(xml);
                        depth--;
                    }
                }
                case "tab", "ptab" -> p.text.append(xml.getAttributeCount() == 0 ? "\t" : "");
                case "br", "cr" -> p.text.append('\n');
                case "noBreakHyphen" -> p.text.append('-');
                case "rPrChange",
                        "pPrChange",
                        "instrText",
                        "pict",
                        "AlternateContent",
                        "txbxContent",
                        "drawing",
                        "object" -> {
                    depth--;
                    special(xml, p);
                }
                default -> {}
            }
        }
        return p;
    }

    private void special(XMLStreamReader xml, Paragraph p) throws XMLStreamException {
        switch (xml.getLocalName()) {
            case "AlternateContent" -> alternatives(xml, p);
            case "txbxContent" -> p.boxes.addAll(box(xml));
            case "pict", "drawing", "object" -> boxes(xml, p);
            default -> skip(xml);
        }
    }

    private void append(Paragraph p, String text, DocxRun run) {
        if (run.isHidden() || (run.isWhiteOnPaper() && !styles.isShaded(p.style))) {
            hidden += (int) text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
            return;
        }
        p.text.append(text);
        int letters = (int) text.codePoints().filter(Character::isLetterOrDigit).count();
        p.letters += letters;
        p.bold += run.isBold() ? letters : 0;
    }

    /// The same picture or box in a new and an old notation: only one of them counts.
    private void alternatives(XMLStreamReader xml, Paragraph p) throws XMLStreamException {
        int before = p.boxes.size();
        int textBefore = p.text.length();
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                boolean found = p.boxes.size() > before || p.text.length() > textBefore;
                if (found) {
                    skip(xml);
                } else {
                    boxes(xml, p);
                }
            }
        }
    }

    /// Every text box below this element.
    private void boxes(XMLStreamReader xml, Paragraph p) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "txbxContent" -> p.boxes.addAll(box(xml));
                    case "AlternateContent" -> alternatives(xml, p);
                    case "docPr" -> {
                        pictures.described(attribute(xml, "descr"));
                        depth++;
                    }
                    case "blip", "imagedata" -> {
                        String embedded = attribute(xml, "embed");
                        pictures.seen(embedded.isEmpty() ? attribute(xml, "id") : embedded);
                        depth++;
                    }
                    default -> depth++;
                }
            }
        }
    }

    /// The lines inside of the element the reader stands on.
    List<String> box(XMLStreamReader xml) throws XMLStreamException {
        framed++;
        List<String> lines = new ArrayList<>();
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "p" -> lines.addAll(lines(xml));
                    case "tbl" -> rows(xml).forEach(row -> lines.add(String.join(" | ", row)));
                    default -> depth++;
                }
            }
        }
        framed--;
        lines.removeIf(String::isBlank);
        return lines;
    }

    private List<List<String>> rows(XMLStreamReader xml) throws XMLStreamException {
        framed++;
        List<List<String>> rows = new DocxTable(this).rows(xml);
        framed--;
        return rows;
    }

    /// The lines of a paragraph in a cell, and of the boxes it holds.
    List<String> lines(XMLStreamReader xml) throws XMLStreamException {
        Paragraph paragraph = paragraph(xml);
        List<String> lines = new ArrayList<>(List.of(paragraph.text.toString().strip()));
        lines.addAll(paragraph.boxes);
        lines.addAll(paragraph.comments);
        return lines;
    }

    static void skip(XMLStreamReader xml) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
        }
    }

    static String value(XMLStreamReader xml) {
        return attribute(xml, "val");
    }

    /// Empty where there is none.
    static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    private static int outline(String value) {
        int level = DocxNumbers.number(value, 9);
        return level < 9 ? level : -1;
    }
}
