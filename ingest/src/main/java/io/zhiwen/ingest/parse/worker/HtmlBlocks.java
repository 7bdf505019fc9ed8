package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/// Writes the elements of a page as blocks, in order.
final class HtmlBlocks {

    private static final Set<String> PARTS =
            Set.of(
                    "p",
                    "div",
                    "section",
                    "article",
                    "main",
                    "aside",
                    "header",
                    "footer",
                    "address",
                    "blockquote",
                    "figure",
                    "figcaption",
                    "form",
                    "fieldset",
                    "dl",
                    "dt",
                    "dd",
                    "ul",
                    "ol",
                    "body",
                    "html",
                    "center",
                    "details",
                    "summary",
                    "hr",
                    "td",
                    "th",
                    "tr",
                    "tbody",
                    "thead",
                    "tfoot",
                    "caption",
                    "legend",
                    "hgroup",
                    "menu",
                    "dir");

    private static final Set<String> UNSEEN =
            Set.of("head", "title", "meta", "link", "base", "option");
    private static final Pattern SPACES = Pattern.compile("[ \\t\\n\\r\\f\\u00a0]+");
    private static final int LONGEST_CELL = 1500;
    private static final int DEEPEST = 400;

    private final Blocks to;
    private final @Nullable HtmlPictures pictures;
    private final StringBuilder line = new StringBuilder();
    private int listDepth;
    private String marker = "";
    private boolean inItem;

    HtmlBlocks(Blocks to, @Nullable HtmlPictures pictures) {
        this.to = to;
        this.pictures = pictures;
    }

    void write(Element root) {
        walk(root, 0);
        flush();
    }

    private void walk(Node parent, int depth) {
        for (Node node : parent.childNodes()) {
            if (node instanceof TextNode text) {
                append(text.getWholeText());
            } else if (node instanceof Element element && depth < DEEPEST) {
                element(element, depth + 1);
            } else if (node instanceof Element element) {
                append(element.text());
            }
        }
    }

    private void element(Element element, int depth) {
        String name = element.normalName();
        if (UNSEEN.contains(name)) {
            return;
        }
        switch (name) {
            case "br" -> line.append('\n');
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(element, name.charAt(1) - '0');
            case "ul", "ol", "menu" -> list(element, depth);
            case "li" -> item(element, depth, "");
            case "pre" -> {
                flush();
                to.code(element.wholeText());
            }
            case "table" -> table(element, depth);
            case "img" -> picture(element);
            default -> {
                boolean part = PARTS.contains(name) || name.startsWith("ix:header");
                if (part) {
                    flush();
                }
                walk(element, depth);
                if (part) {
                    flush();
                }
            }
        }
    }

    private void picture(Element element) {
        if (pictures == null) {
            append(" ");
            return;
        }
        String text = pictures.text(element.attr("src"), element.attr("alt"));
        if (text.isEmpty()) {
            append(" ");
        } else {
            flush();
            to.paragraph(text);
        }
    }

    private void heading(Element element, int level) {
        flush();
        to.heading(level, SPACES.matcher(element.text()).replaceAll(" "));
    }

    private void list(Element list, int depth) {
        flush();
        listDepth++;
        boolean wasInItem = inItem;
        int number = 1;
        for (Node node : list.childNodes()) {
            if (node instanceof Element item && item.normalName().equals("li")) {
                item(item, depth + 1, list.normalName().equals("ol") ? number++ + ". " : "");
            } else if (node instanceof Element other) {
                element(other, depth + 1);
            }
        }
        flush();
        listDepth--;
        inItem = wasInItem;
    }

    private void item(Element item, int depth, String number) {
        flush();
        boolean wasInItem = inItem;
        inItem = true;
        marker = number;
        walk(item, depth);
        flush();
        marker = "";
        inItem = wasInItem;
    }

    private void table(Element table, int depth) {
        flush();
        List<Element> rows = rowsOf(table);
        if (isLayout(table, rows)) {
            walk(table, depth);
            flush();
            return;
        }
        Element caption = table.selectFirst("> caption");
        if (caption != null) {
            to.paragraph(caption.text());
        }
        int headerRows = 0;
        while (headerRows < rows.size() && isHead(rows.get(headerRows))) {
            headerRows++;
        }
        boolean marked = headerRows > 0 && headerRows < rows.size();
        to.table(Grid.of(rows), marked ? headerRows : -1);
    }

    private static boolean isHead(Element row) {
        Elements cells = row.children();
        Element parent = row.parent();
        boolean inHead = parent != null && parent.normalName().equals("thead");
        return inHead
                || (cells.size() > 1
                        && cells.stream().allMatch(cell -> cell.normalName().equals("th")));
    }

    /// A table that only places things on the page.
    private static boolean isLayout(Element table, List<Element> rows) {
        if (!table.select("table table").isEmpty()) {
            return true;
        }
        int widest = 0;
        for (Element row : rows) {
            int filled = 0;
            for (Element cell : row.children()) {
                String text = cell.text();
                filled += text.isBlank() ? 0 : 1;
                if (text.length() > LONGEST_CELL || cell.selectFirst("h1, h2, h3, h4") != null) {
                    return true;
                }
            }
            widest = Math.max(widest, filled);
        }
        return widest < 2 || (rows.size() == 1 && widest < 3);
    }

    private static List<Element> rowsOf(Element table) {
        List<Element> rows = new ArrayList<>();
        for (Element child : table.children()) {
            switch (child.normalName()) {
                case "tr" -> rows.add(child);
                case "thead", "tbody", "tfoot" ->
                        child.children().stream()
                                .filter(row -> row.normalName().equals("tr"))
                                .forEach(rows::add);
                default -> {}
            }
        }
        return rows;
    }

    private void append(String text) {
        String words = SPACES.matcher(text).replaceAll(" ");
        boolean behindSpace =
                line.isEmpty() || Character.isWhitespace(line.charAt(line.length() - 1));
        line.append(behindSpace ? words.stripLeading() : words);
    }

    private void flush() {
        String text = line.toString().strip();
        line.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        if (inItem && listDepth > 0) {
            to.listItem(listDepth, marker + text);
            marker = "";
        } else {
            to.paragraph(text);
        }
    }
}
