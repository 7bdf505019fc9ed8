package io.zhiwen.ingest.parse.worker;

import io.zhiwen.ingest.parse.OcrSettings;
import io.zhiwen.ingest.parse.UnreadableDocument.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// A book: its title and authors, then its chapters in reading order.
final class EpubReader implements DocumentReader {

    private final OcrSettings ocr;

    EpubReader(OcrSettings ocr) {
        this.ocr = ocr;
    }

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            if (archive.has("META-INF/rights.xml")) {
                throw new Refused(Reason.ENCRYPTED, "protected by its publisher");
            }
            String packagePath = packagePath(archive);
            Document book = xml(archive, packagePath);
            about(book, to);
            Figures figures = new Figures(ocr, to);
            for (String chapter : chapters(book, packagePath)) {
                byte[] page = archive.bytes(chapter);
                if (page != null) {
                    var pictures =
                            new HtmlPictures(
                                    figures,
                                    src ->
                                            src.contains(":")
                                                    ? null
                                                    : archive.bytes(resolve(chapter, src)));
                    HtmlReader.writeBody(Jsoup.parse(HtmlReader.decode(page)), to, pictures);
                }
            }
            figures.tell();
        }
    }

    private static void about(Document book, Blocks to) {
        String title = text(book, "dc|title");
        to.title(title);
        if (title != null) {
            to.heading(1, title);
        }
        String authors = String.join(", ", book.select("dc|creator").eachText());
        if (!authors.isBlank()) {
            to.paragraph((title == null ? "" : title + "\n") + authors);
        }
    }

    private static @Nullable String text(Document book, String query) {
        Element found = book.selectFirst(query);
        return found == null || found.text().isBlank() ? null : found.text();
    }

    private static String packagePath(Archive archive) throws IOException {
        Element root = xml(archive, "META-INF/container.xml").selectFirst("rootfile");
        if (root == null) {
            throw new IOException("no package document named");
        }
        return root.attr("full-path");
    }

    private static Set<String> chapters(Document book, String packagePath) {
        Map<String, String> files = new HashMap<>();
        for (Element item : book.select("manifest > item")) {
            if (item.attr("media-type").contains("html")
                    && !item.attr("properties").contains("nav")) {
                files.put(item.attr("id"), resolve(packagePath, item.attr("href")));
            }
        }
        Set<String> chapters = new LinkedHashSet<>();
        for (Element item : book.select("spine > itemref")) {
            String chapter = files.get(item.attr("idref"));
            if (chapter != null) {
                chapters.add(chapter);
            }
        }
        return chapters.isEmpty() ? new LinkedHashSet<>(files.values()) : chapters;
    }

    private static String resolve(String packagePath, String href) {
        String folder = packagePath.substring(0, packagePath.lastIndexOf('/') + 1);
        String path = folder + URLDecoder.decode(href.replace("+", "%2B"), StandardCharsets.UTF_8);
        return URI.create("").resolve(path.replace(" ", "%20")).normalize().getPath();
    }

    private static Document xml(Archive archive, String name) throws IOException {
        byte[] bytes = archive.bytes(name);
        if (bytes == null) {
            throw new IOException("no " + name);
        }
        return Jsoup.parse(HtmlReader.decode(bytes), "", Parser.xmlParser());
    }
}
