package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A mind map of XMind, of either generation, as an outline: its middle is the heading, main topics
/// with others below are headings too, and what is deeper is a list.
final class XmindReader implements DocumentReader {

    private static final int DEEPEST = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// @param note what is written beside it
    private record Topic(String title, String note, List<Topic> below) {}

    @Override
    public void read(Path file, Blocks to) throws IOException {
        try (Archive archive = Archive.open(file)) {
            byte[] json = archive.bytes("content.json");
            byte[] xml = archive.bytes("content.xml");
            if (json == null && xml == null) {
                throw new IOException("no content in it");
            }
            for (Topic root :
                    json != null ? ofJson(json) : ofXml(xml == null ? new byte[0] : xml)) {
                to.title(root.title());
                write(root, 1, to);
            }
        }
    }

    private static void write(Topic topic, int depth, Blocks to) {
        if (depth == 1 || (depth == 2 && !topic.below().isEmpty())) {
            to.heading(depth, topic.title());
        } else {
            to.listItem(Math.max(1, depth - 2), topic.title());
        }
        to.paragraph(topic.note());
        topic.below().forEach(below -> write(below, depth + 1, to));
    }

    private static List<Topic> ofJson(byte[] bytes) throws IOException {
        List<Topic> roots = new ArrayList<>();
        try {
            for (JsonNode sheet : JSON.readTree(bytes)) {
                if (sheet.has("rootTopic")) {
                    roots.add(topic(sheet.get("rootTopic"), 0));
                }
            }
        } catch (JacksonException e) {
            throw new IOException("content.json is damaged", e);
        }
        return roots;
    }

    private static Topic topic(JsonNode node, int depth) {
        List<Topic> below = new ArrayList<>();
        for (JsonNode kind : node.path("children")) {
            for (JsonNode child : depth < DEEPEST ? kind : JSON.createArrayNode()) {
                below.add(topic(child, depth + 1));
            }
        }
        String note = node.path("notes").path("plain").path("content").asString("");
        return new Topic(node.path("title").asString(""), note, below);
    }

    private static List<Topic> ofXml(byte[] bytes) {
        List<Topic> roots = new ArrayList<>();
        for (Element sheet : Xml.all(Xml.parse(bytes), "sheet")) {
            Xml.children(sheet, "topic").forEach(root -> roots.add(topic(root, 0)));
        }
        return roots;
    }

    private static Topic topic(Element element, int depth) {
        List<Topic> below = new ArrayList<>();
        for (Element children : Xml.children(element, "children")) {
            for (Element topics : Xml.children(children, "topics")) {
                for (Element child : Xml.children(topics, "topic")) {
                    if (depth < DEEPEST) {
                        below.add(topic(child, depth + 1));
                    }
                }
            }
        }
        String title =
                Xml.children(element, "title").stream().map(Element::text).findFirst().orElse("");
        String note =
                Xml.children(element, "notes").stream()
                        .map(notes -> Xml.text(notes, "plain"))
                        .findFirst()
                        .orElse("");
        return new Topic(title, note, below);
    }
}
