package io.zhiwen.ingest.parse.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Writes the elements of any XML: repeated ones that are alike as rows of a table, short ones as
/// lines `name: text`, others below headings named by them.
final class XmlBlocks {

    private static final int LONG = 120;
    private static final int DEEPEST = 200;
    private static final Set<String> TITLES = Set.of("title", "heading", "head", "caption", "标题");
    private static final Set<String> PROSE =
            Set.of("p", "para", "paragraph", "text", "content", "description", "body", "summary");

    private final Blocks to;

    XmlBlocks(Blocks to) {
        this.to = to;
    }

    void write(Document xml) {
        Element root = xml.firstElementChild();
        if (root == null) {
            return;
        }
        if (root.childrenSize() == 0) {
            to.paragraph(root.wholeText().strip());
            return;
        }
        to.title(title(root));
        write(root, 1, 0);
    }

    private void write(Element parent, int level, int depth) {
        attributes(parent).forEach((name, value) -> to.listItem(1, name + ": " + value));
        List<Element> children = parent.children();
        for (int i = 0; i < children.size(); ) {
            List<Element> like = like(children, i);
            List<Map<String, String>> rows =
                    like.stream().filter(e -> !isMixed(e)).map(XmlBlocks::row).toList();
            if (rows.size() == like.size() && Records.isTable(rows)) {
                Records table = new Records(to);
                rows.forEach(table::add);
                table.end();
            } else {
                like.forEach(child -> child(child, level, depth));
            }
            i += like.size();
        }
    }

    /// Those of one name that follow on one another.
    private static List<Element> like(List<Element> children, int from) {
        int end = from + 1;
        String name = children.get(from).tagName();
        while (end < children.size() && children.get(end).tagName().equals(name)) {
            end++;
        }
        return children.subList(from, end);
    }

    private void child(Element child, int level, int depth) {
        if (child.childrenSize() == 0) {
            leaf(child, level);
        } else if (isMixed(child) || depth > DEEPEST) {
            to.paragraph(child.text());
        } else {
            Element first = child.firstElementChild();
            boolean titled = first != null && TITLES.contains(Xml.name(first));
            if (!titled && !PROSE.contains(Xml.name(child)) && saysSomething(child)) {
                to.heading(level, called(child));
            }
            write(child, level + 1, depth + 1);
        }
    }

    private void leaf(Element leaf, int level) {
        String text = leaf.wholeText().strip();
        String name = Xml.name(leaf);
        Map<String, String> attributes = attributes(leaf);
        if (TITLES.contains(name)) {
            to.heading(Math.max(1, level - 1), text);
        } else if (text.length() > LONG || PROSE.contains(name)) {
            to.paragraph(text);
        } else if (!attributes.isEmpty()) {
            List<String> all = new ArrayList<>();
            attributes.forEach((key, value) -> all.add(key + "=" + value));
            String said = text.isEmpty() ? "" : ": " + text;
            to.listItem(1, name + " (" + String.join(", ", all) + ")" + said);
        } else if (!text.isEmpty()) {
            to.listItem(1, name + ": " + text);
        }
    }

    /// Whether it has values of its own, and is not there only to hold others.
    private static boolean saysSomething(Element element) {
        return !attributes(element).isEmpty()
                || element.children().stream()
                        .anyMatch(child -> child.childrenSize() == 0 && !child.text().isBlank());
    }

    private static String called(Element element) {
        for (String name : new String[] {"name", "title", "id"}) {
            if (!element.attr(name).isBlank()) {
                return Xml.name(element) + " " + element.attr(name);
            }
        }
        return Xml.name(element);
    }

    private static String title(Element root) {
        return root.children().stream()
                .filter(child -> TITLES.contains(Xml.name(child)))
                .findFirst()
                .map(Element::text)
                .orElse("");
    }

    /// Words with marks among them, as of a sentence.
    private static boolean isMixed(Element element) {
        return element.childrenSize() > 0 && !element.ownText().isBlank();
    }

    /// The cells of an element by the paths to them.
    private static Map<String, String> row(Element element) {
        Map<String, String> cells = new LinkedHashMap<>();
        flatten(element, "", cells, 0);
        return cells;
    }

    private static void flatten(Element element, String path, Map<String, String> to, int depth) {
        String before = path.isEmpty() ? "" : path + ".";
        attributes(element).forEach((name, value) -> put(to, before + name, value));
        if (element.childrenSize() == 0 || isMixed(element) || depth > DEEPEST) {
            put(to, path.isEmpty() ? Xml.name(element) : path, element.text());
            return;
        }
        for (Element child : element.children()) {
            flatten(child, before + Xml.name(child), to, depth + 1);
        }
    }

    private static void put(Map<String, String> to, String name, String text) {
        if (!text.isBlank()) {
            to.merge(name, text.strip(), (a, b) -> a + ", " + b);
        }
    }

    private static Map<String, String> attributes(Element element) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Attribute attribute : element.attributes()) {
            String name = attribute.getKey();
            boolean technical = name.startsWith("xmlns") || name.startsWith("xsi:");
            if (!technical && !attribute.getValue().isBlank()) {
                attributes.put(name.substring(name.indexOf(':') + 1), attribute.getValue());
            }
        }
        return attributes;
    }
}
