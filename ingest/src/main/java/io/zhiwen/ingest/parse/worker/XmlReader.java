package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// XML: of a feed its entries, with the HTML inside them; of any other what [XmlBlocks] makes of
/// it. The parser knows neither entities of a document's own nor other files.
final class XmlReader implements DocumentReader {

    @Override
    public void read(Path file, Blocks to) throws IOException {
        Document xml = Jsoup.parse(HtmlReader.decode(Bytes.of(file)), "", Parser.xmlParser());
        List<Element> entries = isFeed(xml) ? xml.select("item, entry") : List.of();
        if (entries.isEmpty()) {
            new XmlBlocks(to).write(xml);
            return;
        }
        Element feed = entries.getFirst().parent();
        String title = feed == null ? null : child(feed, "title");
        to.title(title);
        if (title != null) {
            to.heading(1, title);
        }
        String about = feed == null ? null : firstOf(feed, "description", "subtitle");
        if (about != null) {
            html(about, to);
        }
        entries.forEach(entry -> entry(entry, to));
    }

    private static void entry(Element entry, Blocks to) {
        String title = child(entry, "title");
        to.heading(2, title == null ? "…" : title);
        String author = firstOf(entry, "author", "dc:creator");
        String date = firstOf(entry, "pubDate", "published", "updated", "dc:date");
        String both =
                (author == null ? "" : author)
                        + (author == null || date == null ? "" : ", ")
                        + (date == null ? "" : date);
        to.paragraph(both);
        String body = firstOf(entry, "content:encoded", "content", "description", "summary");
        if (body != null) {
            html(body, to);
        }
    }

    private static void html(String markup, Blocks to) {
        HtmlReader.writeBody(Jsoup.parse(markup), to);
    }

    private static @Nullable String firstOf(Element parent, String... names) {
        for (String name : names) {
            String text = child(parent, name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String child(Element parent, String name) {
        for (Element child : parent.children()) {
            if (child.tagName().equalsIgnoreCase(name)) {
                String text = child.children().isEmpty() ? child.wholeText().strip() : child.html();
                return text.isEmpty() ? null : text;
            }
        }
        return null;
    }

    private static boolean isFeed(Document xml) {
        Element root = xml.firstElementChild();
        return root != null && List.of("rss", "feed", "RDF").contains(Xml.name(root));
    }
}
