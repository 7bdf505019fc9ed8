package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/// The pictures of a Word part, written behind the paragraph or table they stand in.
final class DocxPictures {

    private record Seen(String id, String alt) {}

    private final Archive archive;
    private final Figures figures;
    private final Map<String, String> parts = new HashMap<>();
    private final List<Seen> waiting = new ArrayList<>();
    private String said = "";

    DocxPictures(Archive archive, Figures figures) {
        this.archive = archive;
        this.figures = figures;
    }

    /// What follows is in this part of the file; pictures at the edges of pages are ornaments.
    void of(String part) throws IOException {
        waiting.clear();
        parts.clear();
        int slash = part.lastIndexOf('/') + 1;
        String folder = part.substring(0, slash);
        byte[] links = archive.bytes(folder + "_rels/" + part.substring(slash) + ".rels");
        if (links == null) {
            return;
        }
        for (Element link : Xml.all(Xml.parse(links), "Relationship")) {
            String target = link.attr("Target");
            parts.put(
                    link.attr("Id"),
                    target.startsWith("/") ? target.substring(1) : folder + target);
        }
    }

    /// The author says this of the picture that comes next.
    void described(String alt) {
        said = alt;
    }

    /// One stands here.
    void seen(String id) {
        waiting.add(new Seen(id, said));
        said = "";
    }

    void write() {
        for (Seen seen : waiting) {
            String part = parts.get(seen.id());
            try {
                byte[] picture = part == null ? null : archive.bytes(part);
                if (picture != null) {
                    figures.write(picture, null, seen.alt());
                }
            } catch (IOException e) {
                figures.leave(null); // one damaged picture spoils no document
            }
        }
        waiting.clear();
        said = "";
    }
}
