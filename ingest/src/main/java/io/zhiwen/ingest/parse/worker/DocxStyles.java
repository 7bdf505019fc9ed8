package io.zhiwen.ingest.parse.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Which paragraph styles are headings or lists.
final class DocxStyles {

    private record Style(
            @Nullable Integer level,
            @Nullable String numbering,
            int depth,
            boolean shaded,
            @Nullable String basis) {}

    private static final Pattern HEADING =
            Pattern.compile("(?:heading|标题|標題|überschrift|titre)\\s*([1-9])");

    private final Map<String, Style> styles = new HashMap<>();

    private DocxStyles() {}

    static DocxStyles of(Archive archive) throws IOException {
        DocxStyles styles = new DocxStyles();
        byte[] bytes = archive.bytes("word/styles.xml");
        if (bytes != null) {
            String xml = new String(bytes, StandardCharsets.UTF_8);
            for (Element style : Jsoup.parse(xml, "", Parser.xmlParser()).select("w|style")) {
                styles.styles.put(style.attr("w:styleId"), style(style));
            }
        }
        return styles;
    }

    private static Style style(Element style) {
        String name = value(style, "w|name");
        String outline = value(style, "w|pPr > w|outlineLvl");
        String numbering = value(style, "w|numPr > w|numId");
        String depth = value(style, "w|numPr > w|ilvl");
        return new Style(
                level(name, outline),
                numbering,
                depth == null ? 0 : Integer.parseInt(depth),
                style.selectFirst("w|shd") != null,
                value(style, "w|basedOn"));
    }

    private static @Nullable Integer level(@Nullable String name, @Nullable String outline) {
        String key = name == null ? "" : name.toLowerCase(Locale.ROOT);
        Matcher heading = HEADING.matcher(key);
        if (heading.lookingAt()) {
            return Integer.valueOf(heading.group(1));
        }
        if (key.equals("title")) {
            return 1;
        }
        return outline == null || outline.equals("9") ? null : Integer.parseInt(outline) + 1;
    }

    private static @Nullable String value(Element element, String query) {
        Element found = element.selectFirst(query);
        return found == null || found.attr("w:val").isEmpty() ? null : found.attr("w:val");
    }

    /// 1 to 9, or 0 for a style that is no heading.
    int level(String id) {
        Style style = styles.get(id);
        for (int i = 0; style != null && i < 12; i++) {
            if (style.level() != null) {
                return style.level();
            }
            style = style.basis() == null ? null : styles.get(style.basis());
        }
        return 0;
    }

    /// The numbering a style brings along.
    @Nullable String numbering(String id) {
        Style style = styles.get(id);
        for (int i = 0; style != null && i < 12; i++) {
            if (style.numbering() != null) {
                return style.numbering();
            }
            style = style.basis() == null ? null : styles.get(style.basis());
        }
        return null;
    }

    /// Whether a style may lay a colour under its text.
    boolean isShaded(String id) {
        Style style = styles.get(id);
        for (int i = 0; style != null && i < 12; i++) {
            if (style.shaded()) {
                return true;
            }
            style = style.basis() == null ? null : styles.get(style.basis());
        }
        return false;
    }

    int depth(String id) {
        Style style = styles.get(id);
        return style == null ? 0 : style.depth();
    }
}
