package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// The parts of an OFD file by what names them inside.
final class OfdPackage {

    private static final int MOST_PAGES = 20_000;

    private final Archive archive;
    private final String title;
    private final List<String> pages = new ArrayList<>();
    private final Map<String, String> templates = new HashMap<>();
    private final Map<String, String> media = new HashMap<>();
    private float[] box = {0, 0, 210, 297};

    private OfdPackage(Archive archive, String title) {
        this.archive = archive;
        this.title = title;
    }

    static OfdPackage of(Archive archive) throws IOException {
        Element root = xml(archive, "OFD.xml");
        OfdPackage ofd = new OfdPackage(archive, Xml.text(root, "Title"));
        for (Element body : Xml.all(root, "DocRoot")) {
            ofd.document(resolved("", body.text().strip()));
        }
        if (ofd.pages.isEmpty()) {
            throw new IOException("no pages in it");
        }
        return ofd;
    }

    private void document(String path) throws IOException {
        Element document = xml(archive, path);
        Element area = Xml.first(document, "PhysicalBox");
        box = area == null ? box : OfdPages.numbers(area.text(), 4, box);
        for (Element resources : Xml.all(document, "PublicRes", "DocumentRes")) {
            media(resolved(path, resources.text().strip()));
        }
        for (Element template : Xml.all(document, "TemplatePage")) {
            templates.put(template.attr("ID"), resolved(path, template.attr("BaseLoc")));
        }
        for (Element list : Xml.all(document, "Pages")) {
            for (Element page : Xml.children(list, "Page")) {
                pages.add(resolved(path, page.attr("BaseLoc")));
            }
        }
        if (pages.size() > MOST_PAGES) {
            throw new IOException(pages.size() + " pages");
        }
    }

    private void media(String path) throws IOException {
        if (!archive.has(path)) {
            return;
        }
        Element resources = xml(archive, path);
        Element root = Xml.first(resources, "Res");
        String folder = root == null ? "" : root.attr("BaseLoc");
        String base = folder.isEmpty() ? path : resolved(path, folder) + "/";
        for (Element one : Xml.all(resources, "MultiMedia")) {
            media.put(one.attr("ID"), resolved(base, Xml.text(one, "MediaFile")));
        }
    }

    String title() {
        return title;
    }

    /// Their contents' places.
    List<String> pages() {
        return List.copyOf(pages);
    }

    /// Width and height of a page that says none, behind its upper left corner, in millimetres.
    float[] box() {
        return box.clone();
    }

    Element page(String path) throws IOException {
        return xml(archive, path);
    }

    /// What is printed on several pages, or null when there is no such.
    @Nullable Element template(String id) throws IOException {
        String path = templates.get(id);
        return path == null || !archive.has(path) ? null : xml(archive, path);
    }

    byte @Nullable [] picture(String id) throws IOException {
        String path = media.get(id);
        return path == null ? null : archive.bytes(path);
    }

    private static Element xml(Archive archive, String path) throws IOException {
        byte[] bytes = archive.bytes(path);
        if (bytes == null) {
            throw new IOException("no " + path);
        }
        return Xml.parse(bytes);
    }

    /// @param from the part that names it
    private static String resolved(String from, String path) {
        if (path.startsWith("/")) {
            return path.substring(1);
        }
        Deque<String> steps = new ArrayDeque<>();
        String folder = from.substring(0, from.lastIndexOf('/') + 1);
        for (String step : (folder + path).split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }
}
