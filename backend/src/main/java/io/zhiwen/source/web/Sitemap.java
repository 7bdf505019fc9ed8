package io.zhiwen.source.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// The pages that a site lists, and further lists of it. Read by a parser that knows no entities,
/// so
/// that none can lead anywhere.
record Sitemap(List<URI> pages, List<URI> sitemaps) {

    private static final int MOST_UNPACKED = 50 << 20;

    /// Whether this may be one.
    static boolean isLikely(String mediaType, URI uri) {
        String path = String.valueOf(uri.getPath());
        return path.endsWith(".xml")
                || path.endsWith(".xml.gz")
                || mediaType.equals("application/xml")
                || mediaType.equals("text/xml");
    }

    static Sitemap of(byte[] bytes, URI uri) throws IOException {
        Document list =
                Jsoup.parse(
                        new ByteArrayInputStream(unpacked(bytes)),
                        null,
                        uri.toString(),
                        Parser.xmlParser());
        return new Sitemap(
                addresses(list, "urlset > url > loc"),
                addresses(list, "sitemapindex > sitemap > loc"));
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(MOST_UNPACKED);
        }
    }

    private static List<URI> addresses(Document list, String where) {
        List<URI> addresses = new ArrayList<>();
        for (Element each : list.select(where)) {
            WebAddress.of(each.text()).ifPresent(addresses::add);
        }
        return addresses;
    }
}
