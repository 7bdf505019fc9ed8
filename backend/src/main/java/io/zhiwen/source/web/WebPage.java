package io.zhiwen.source.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// A page as it came: what it is about, as HTML without what surrounds it on every page and without
/// what changes at every visit; and where it leads.
///
/// @param html UTF-8, the same bytes as long as the page says the same
/// @param mayBeKept false when the page asks not to be indexed
/// @param links empty when the page asks that they not be followed
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record WebPage(String title, byte[] html, boolean mayBeKept, List<URI> links) {

    private static final String AROUND =
            "script, style, noscript, template, iframe, object, embed, svg, canvas, nav, footer,"
                    + " aside, form, button, input, select, dialog, img, picture, video, audio, link,"
                    + " body > header, [role=navigation], [role=banner], [role=contentinfo],"
                    + " [role=search], [hidden], [aria-hidden=true]";
    private static final Set<String> KEPT = Set.of("href", "colspan", "rowspan", "lang");

    /// @param charset as the server said it; null when it did not
    static WebPage of(byte[] bytes, @Nullable String charset, URI uri) throws IOException {
        Document page = Jsoup.parse(new ByteArrayInputStream(bytes), charset, uri.toString());
        String robots = page.select("meta[name=robots], meta[name=zhiwen]").attr("content");
        String wish = robots.toLowerCase(Locale.ROOT);
        boolean none = wish.contains("none");
        List<URI> links = none || wish.contains("nofollow") ? List.of() : links(page);
        String title = title(page);
        return new WebPage(title, main(page, title), !none && !wish.contains("noindex"), links);
    }

    private static List<URI> links(Document page) {
        List<URI> links = new ArrayList<>();
        for (Element link : page.select("a[href]:not([rel~=nofollow])")) {
            WebAddress.of(link.absUrl("href")).ifPresent(links::add);
        }
        return links.stream().distinct().toList();
    }

    private static String title(Document page) {
        String title = page.title().strip();
        if (title.isEmpty()) {
            Element heading = page.selectFirst("h1");
            title = heading == null ? "" : heading.text().strip();
        }
        return title.replaceAll("[/\\\\]", "-");
    }

    private static byte[] main(Document page, String title) {
        page.select(AROUND).remove();
        Element main = page.selectFirst("main, [role=main]");
        if (main == null || main.text().isBlank()) {
            var articles = page.select("article");
            main = articles.size() == 1 ? articles.getFirst() : page.body();
        }
        for (Element element : main.getAllElements()) {
            for (Attribute attribute : element.attributes().asList()) {
                if (!KEPT.contains(attribute.getKey())) {
                    element.removeAttr(attribute.getKey());
                }
            }
        }
        var out = Document.createShell("");
        out.head().appendElement("meta").attr("charset", "utf-8");
        out.title(title);
        String lang = page.select("html").attr("lang");
        if (!lang.isEmpty()) {
            out.select("html").attr("lang", lang);
        }
        out.body().html(main.html());
        return out.outerHtml().getBytes(StandardCharsets.UTF_8);
    }
}
