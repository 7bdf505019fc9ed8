package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/// OpenDocument texts, and sheets and slides as far as they are text.
final class OdfReader implements DocumentReader {

    private static final int DEEPEST = 300;
    private static final int MOST_REPEATED = 200;

    private int slides;

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            byte[] manifest = archive.bytes("META-INF/manifest.xml");
            if (manifest != null
                    && new String(manifest, StandardCharsets.UTF_8).contains("encryption-data")) {
                throw new Refused(Reason.ENCRYPTED, "protected by a password");
            }
            byte[] meta = archive.bytes("meta.xml");
            if (meta != null) {
                Element title = xml(meta).selectFirst("dc|title");
                to.title(title == null ? null : title.text());
            }
            byte[] content = archive.bytes("content.xml");
            if (content == null) {
                throw new IOException("no content.xml");
            }
            Element body = xml(content).selectFirst("office|body");
            if (body == null) {
                throw new IOException("no body");
            }
            walk(body, to, 0, 0);
            if (slides > 0) {
                to.pages(slides);
            }
        }
    }

    private static Document xml(byte[] bytes) {
        return Jsoup.parse(new String(bytes, StandardCharsets.UTF_8), "", Parser.xmlParser());
    }

    private void walk(Element parent, Blocks to, int listDepth, int depth) {
        for (Element child : parent.children()) {
            switch (child.tagName()) {
                case "text:h" -> to.heading(level(child), words(child));
                case "text:p" -> {
                    if (listDepth > 0) {
                        to.listItem(listDepth, words(child));
                    } else {
                        to.paragraph(words(child));
                    }
                }
                case "text:list" -> walk(child, to, listDepth + 1, depth + 1);
                case "table:table" -> {
                    boolean sheet = parent.tagName().equals("office:spreadsheet");
                    to.sheet(sheet ? child.attr("table:name") : null);
                    table(child, to);
                }
                case "draw:page" -> {
                    to.page(++slides);
                    walk(child, to, listDepth, depth + 1);
                }
                case "text:tracked-changes", "text:table-of-content", "office:forms" -> {}
                default -> {
                    if (depth < DEEPEST) {
                        walk(child, to, listDepth, depth + 1);
                    }
                }
            }
        }
    }

    private static int level(Element heading) {
        return DocxNumbers.number(heading.attr("text:outline-level"), 1);
    }

    private static void table(Element table, Blocks to) {
        SheetRows rows = new SheetRows(to);
        int number = 0;
        for (Element row : rowsOf(table)) {
            List<String> cells = new ArrayList<>();
            for (Element cell : row.children()) {
                String text =
                        String.join(
                                " ",
                                cell.getElementsByTag("text:p").stream()
                                        .map(OdfReader::words)
                                        .toList());
                int repeated = DocxNumbers.number(cell.attr("table:number-columns-repeated"), 1);
                for (int i = 0; i < Math.min(repeated, text.isEmpty() ? 50 : MOST_REPEATED); i++) {
                    cells.add(text);
                }
            }
            rows.row(number++, cells);
        }
        rows.end();
    }

    /// Those of tables inside its cells left out.
    private static List<Element> rowsOf(Element table) {
        List<Element> rows = new ArrayList<>();
        for (Element child : table.children()) {
            switch (child.tagName()) {
                case "table:table-row" -> rows.add(child);
                case "table:table-header-rows", "table:table-rows", "table:table-row-group" ->
                        rows.addAll(rowsOf(child));
                default -> {}
            }
        }
        return rows;
    }

    private static String words(Element element) {
        StringBuilder words = new StringBuilder();
        append(element, words, 0);
        return words.toString();
    }

    private static void append(Element parent, StringBuilder words, int depth) {
        for (Node node : parent.childNodes()) {
            if (node instanceof TextNode text) {
                words.append(text.getWholeText().replaceAll("[ \\t\\r\\n]+", " "));
            } else if (node instanceof Element element && depth < DEEPEST) {
                switch (element.tagName()) {
                    case "text:s" -> words.append(' ');
                    case "text:tab" -> words.append('\t');
                    case "text:line-break" -> words.append('\n');
                    case "office:annotation", "text:note-citation" -> {}
                    default -> append(element, words, depth + 1);
                }
            }
        }
    }
}
