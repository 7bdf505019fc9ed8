package io.zhiwen.ingest.parse.worker;

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
    }

    private static final int SHORT = 60;

    private final DocxStyles styles;
    private final DocxNumbers numbers;
    private final Blocks to;

    DocxBody(DocxStyles styles, DocxNumbers numbers, Blocks to) {
        this.styles = styles;
        this.numbers = numbers;
        this.to = to;
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
                    case "tbl" -> to.table(rows(xml), -1);
                    case "del", "moveFrom", "sectPr" -> skip(xml);
                    default -> depth++;
                }
            }
        }
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
        boolean bold = false;
        boolean hidden = false;
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
                case "r" -> {
                    bold = false;
                    hidden = false;
                }
                case "b" -> bold = isOn(xml);
                case "vanish" -> hidden = isOn(xml);
                case "pStyle" -> p.style = value(xml);
                case "outlineLvl" -> p.outline = outline(value(xml));
                case "numId" -> p.list = value(xml);
                case "ilvl" -> p.depth = DocxNumbers.number(value(xml), 0);
                case "t" -> {
                    String text = xml.getElementText();
                    depth--;
                    append(p, hidden ? "" : text, bold);
                }
                case "tab", "ptab" -> p.text.append(xml.getAttributeCount() == 0 ? "\t" : "");
                case "br", "cr" -> p.text.append('\n');
                case "noBreakHyphen" -> p.text.append('-');
                case "rPrChange",
                        "pPrChange",
                        "del",
                        "moveFrom",
                        "instrText",
                        "delText",
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

    private static void append(Paragraph p, String text, boolean bold) {
        p.text.append(text);
        int letters = (int) text.codePoints().filter(Character::isLetterOrDigit).count();
        p.letters += letters;
        p.bold += bold ? letters : 0;
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
                    default -> depth++;
                }
            }
        }
    }

    private List<String> box(XMLStreamReader xml) throws XMLStreamException {
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
        lines.removeIf(String::isBlank);
        return lines;
    }

    private List<List<String>> rows(XMLStreamReader xml) throws XMLStreamException {
        return new DocxTable(this).rows(xml);
    }

    /// The lines of a paragraph in a cell, and of the boxes it holds.
    List<String> lines(XMLStreamReader xml) throws XMLStreamException {
        Paragraph paragraph = paragraph(xml);
        List<String> lines = new ArrayList<>(List.of(paragraph.text.toString().strip()));
        lines.addAll(paragraph.boxes);
        return lines;
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
        }
    }

    static String value(XMLStreamReader xml) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals("val")) {
                return xml.getAttributeValue(i);
            }
        }
        return "";
    }

    private static int outline(String value) {
        int level = DocxNumbers.number(value, 9);
        return level < 9 ? level : -1;
    }

    private static boolean isOn(XMLStreamReader xml) {
        String value = value(xml);
        return !value.equals("0") && !value.equals("false");
    }
}
