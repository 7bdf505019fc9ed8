package io.zhiwen.ingest.parse.worker;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// XML whose prefixes its writer chose: elements are known by the rest of their names. Nothing
/// outside of the document is ever read.
final class Xml {

    private Xml() {}

    static Document parse(byte[] bytes) {
        return Jsoup.parse(HtmlReader.decode(bytes), "", Parser.xmlParser());
    }

    static String name(Element element) {
        String name = element.tagName();
        return name.substring(name.indexOf(':') + 1);
    }

    /// All below `root` of one of these names, in order.
    static List<Element> all(Element root, String... names) {
        List<String> wanted = List.of(names);
        return root.getAllElements().stream().filter(e -> wanted.contains(name(e))).toList();
    }

    static @Nullable Element first(Element root, String name) {
        return root.getAllElements().stream()
                .filter(element -> name(element).equals(name))
                .findFirst()
                .orElse(null);
    }

    /// The children of this name.
    static List<Element> children(Element parent, String name) {
        return parent.children().stream().filter(child -> name(child).equals(name)).toList();
    }

    /// What stands in the first of this name, or an empty text.
    static String text(Element root, String name) {
        Element found = first(root, name);
        return found == null ? "" : found.text().strip();
    }
}
