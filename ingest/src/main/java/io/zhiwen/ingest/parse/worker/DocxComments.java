package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// What people noted at places of a Word file.
final class DocxComments {

    static final DocxComments NONE = new DocxComments(Map.of());

    private final Map<String, String> byId;

    private DocxComments(Map<String, String> byId) {
        this.byId = byId;
    }

    static DocxComments of(Archive archive) throws IOException {
        byte[] bytes = archive.bytes("word/comments.xml");
        if (bytes == null) {
            return NONE;
        }
        Map<String, String> byId = new HashMap<>();
        String xml = new String(bytes, StandardCharsets.UTF_8);
        for (Element comment : Jsoup.parse(xml, "", Parser.xmlParser()).select("w|comment")) {
            String text =
                    comment.select("w|p").stream()
                            .map(p -> String.join("", p.select("w|t").eachText()))
                            .collect(Collectors.joining("\n"))
                            .strip();
            if (!text.isEmpty()) {
                byId.put(comment.attr("w:id"), said(comment.attr("w:author"), text));
            }
        }
        return new DocxComments(byId);
    }

    private static String said(String author, String text) {
        return author.isBlank() ? "[" + text + "]" : "[" + author.strip() + ": " + text + "]";
    }

    /// None, or the one of that number.
    List<String> of(String id) {
        String text = byId.get(id);
        return text == null ? List.of() : List.of(text);
    }
}
